'use client';
import type { IconNode } from 'lucide';
import { Check, CircleX, Eye, EyeOff, MessageCircleX, Undo2 } from 'lucide';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { api, Problem } from '@/app/_ui/api-client';
import { Button } from '@/app/_ui/button';
import { Dialog, DialogButtons } from '@/app/_ui/dialog';
import { Choice, TextField } from '@/app/_ui/field';
import { ProblemNotice } from '@/app/_ui/notice';
import { toast } from '@/app/_ui/toast';
import { useSubmit } from '@/app/_ui/use-submit';
import { useTranslations } from '@/lib/i18n/client';
import { REASON_LIMIT } from '@/lib/moderation/constants';
import type { Ability } from '@/lib/policy';

type Action = 'approve' | 'restore' | AskedAction;
/** What the author reads a reason of. */
type AskedAction = 'revise' | 'hide' | 'deny' | 'refuse-appeal';

const ASKED: Record<AskedAction, IconNode> = {
  revise: Undo2,
  hide: EyeOff,
  deny: CircleX,
  'refuse-appeal': MessageCircleX,
};

/** Buttons to decide on an annotation. All but to keep and to restore it ask for a reason, because the author reads it. */
export function ModerationActions({
  id,
  version,
  can,
  reasons,
}: {
  id: string;
  version: number;
  can: Ability[];
  /** The group's own reasons, by id and title. */
  reasons: { id: string; title: string }[];
}) {
  const t = useTranslations('moderation');
  const router = useRouter();
  const [asking, setAsking] = useState<AskedAction>();
  const [rule, setRule] = useState('');

  async function decide(action: Action, reason: string): Promise<void> {
    try {
      const json = { action, reason, version, ...(action === asking && rule && { rule }) };
      await api('POST /annotations/:id/moderation', { param: { id }, json });
      toast(t(`done.${action}`));
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 409) throw error;
      toast(t('conflict'));
    }
    setAsking(undefined);
    router.refresh();
  }
  const { busy, problem, errorOf, onSubmit, run } = useSubmit(t('conflict'), ({ reason = '' }) =>
    decide(asking ?? 'hide', reason),
  );

  return (
    <>
      {can.includes('approve') && (
        <Button
          icon={Check}
          data-action="approve"
          busy={busy}
          onClick={() => run(() => decide('approve', ''))}
        >
          {t('approve')}
        </Button>
      )}
      {can.includes('restore') && (
        <Button icon={Eye} data-action="restore" busy={busy} onClick={() => run(() => decide('restore', ''))}>
          {t('restore')}
        </Button>
      )}
      {(Object.keys(ASKED) as AskedAction[])
        .filter((action) => can.includes(action))
        .map((action) => (
          <Button
            key={action}
            data-action={action}
            {...(action !== 'revise' && { look: 'danger' as const })}
            icon={ASKED[action]}
            onClick={() => setAsking(action)}
          >
            {t(action)}
          </Button>
        ))}
      {!asking && <ProblemNotice text={problem} />}
      {asking && (
        <Dialog title={t(`ask.${asking}`)} onClose={() => setAsking(undefined)}>
          <p>{t(`${asking}.text`)}</p>
          <form method="post" onSubmit={onSubmit} className="stack">
            {reasons.length > 0 && (
              <Choice
                label={t('rule')}
                value={rule}
                onChange={({ currentTarget }) => setRule(currentTarget.value)}
              >
                <option value="">{t('rule.none')}</option>
                {reasons.map(({ id, title }) => (
                  <option key={id} value={id}>
                    {title}
                  </option>
                ))}
              </Choice>
            )}
            <TextField
              name="reason"
              label={t('reason')}
              hint={t('reason.hint')}
              error={errorOf('reason')}
              maxLength={REASON_LIMIT}
              required={rule === ''}
            />
            <ProblemNotice text={errorOf('reason') ? undefined : problem} />
            <DialogButtons>
              <Button look="quiet" onClick={() => setAsking(undefined)}>
                {t('cancel')}
              </Button>
              <Button type="submit" look={asking === 'revise' ? 'primary' : 'destroy'} busy={busy}>
                {t(`do.${asking}`)}
              </Button>
            </DialogButtons>
          </form>
        </Dialog>
      )}
    </>
  );
}
