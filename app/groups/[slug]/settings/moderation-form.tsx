'use client';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { api } from '@/app/_ui/api-client';
import { Button } from '@/app/_ui/button';
import { Check, Field, TextField } from '@/app/_ui/field';
import { ProblemNotice } from '@/app/_ui/notice';
import { toast } from '@/app/_ui/toast';
import { useSubmit } from '@/app/_ui/use-submit';
import { DESCRIPTION_LIMIT, NAME_LIMIT } from '@/lib/group/constants';
import type { DecisionReason, Group } from '@/lib/group/schema';
import { useTranslations } from '@/lib/i18n/client';

/** How a group is moderated: what waits for approval, who writes, how long evidence is kept, and its own reasons. */
export function ModerationForm({ group }: { group: Group }) {
  const t = useTranslations('groups');
  const common = useTranslations('common');
  const router = useRouter();
  const [premoderated, setPremoderated] = useState(group.premoderated);
  const [readOnly, setReadOnly] = useState(group.readOnly);
  const [reasons, setReasons] = useState<DecisionReason[]>(group.reasons);
  const form = useSubmit(common('failed'), async ({ evidenceDays = '' }) => {
    const json = { premoderated, readOnly, evidenceDays: Number(evidenceDays), reasons };
    await api('PATCH /groups/:group', { param: { group: group.slug }, json });
    toast(common('saved'));
    router.refresh();
  });
  const change = (at: number, part: Partial<DecisionReason>) =>
    setReasons(reasons.map((reason, i) => (i === at ? { ...reason, ...part } : reason)));
  const add = () =>
    setReasons([
      ...reasons,
      { id: `reason-${Date.now().toString(36)}`, title: '', toAuthor: '', toReporter: '' },
    ]);

  return (
    <form method="post" onSubmit={form.onSubmit} className="stack">
      <ProblemNotice text={form.errorOf('evidenceDays') ? undefined : form.problem} />
      <Check
        label={t('moderation.premoderated')}
        hint={t('moderation.premoderatedHint')}
        checked={premoderated}
        onChange={({ currentTarget }) => setPremoderated(currentTarget.checked)}
      />
      <Check
        label={t('moderation.readOnly')}
        hint={t('moderation.readOnlyHint')}
        checked={readOnly}
        onChange={({ currentTarget }) => setReadOnly(currentTarget.checked)}
      />
      <Field
        label={t('moderation.evidenceDays')}
        hint={t('moderation.evidenceDaysHint')}
        name="evidenceDays"
        type="number"
        min={1}
        max={3650}
        required
        defaultValue={group.evidenceDays}
        error={form.errorOf('evidenceDays')}
      />
      <h3>{t('moderation.reasons')}</h3>
      <p className="muted">{t('moderation.reasonsLead')}</p>
      {reasons.map(({ id, title, toAuthor, toReporter }, at) => (
        <fieldset key={id} className="stack">
          <legend>{title || t('moderation.newReason')}</legend>
          <Field
            label={t('moderation.reasonTitle')}
            required
            maxLength={NAME_LIMIT}
            value={title}
            onChange={({ currentTarget }) => change(at, { title: currentTarget.value })}
          />
          <TextField
            label={t('moderation.toAuthor')}
            rows={2}
            required
            maxLength={DESCRIPTION_LIMIT}
            value={toAuthor}
            onChange={({ currentTarget }) => change(at, { toAuthor: currentTarget.value })}
          />
          <TextField
            label={t('moderation.toReporter')}
            rows={2}
            maxLength={DESCRIPTION_LIMIT}
            value={toReporter}
            onChange={({ currentTarget }) => change(at, { toReporter: currentTarget.value })}
          />
          <p>
            <Button small onClick={() => setReasons(reasons.filter((_, i) => i !== at))}>
              {t('moderation.removeReason')}
            </Button>
          </p>
        </fieldset>
      ))}
      <p className="row">
        <Button onClick={add}>{t('moderation.addReason')}</Button>
        <Button type="submit" look="primary" busy={form.busy}>
          {t('moderation.save')}
        </Button>
      </p>
    </form>
  );
}
