'use client';
import { useState } from 'react';
import { useTranslations } from '@/lib/i18n/client';
import { api } from '../_ui/api-client';
import { Button } from '../_ui/button';
import { Check, Field, TextField } from '../_ui/field';
import { Notice, ProblemNotice } from '../_ui/notice';
import { useSubmit } from '../_ui/use-submit';

/** Sends a notice of content, and shows its number once it was received. */
export function ContentNoticeForm({ address: known }: { address: string }) {
  const t = useTranslations('moderation');
  const common = useTranslations('common');
  const [received, setReceived] = useState<string | null>(null);
  const form = useSubmit(common('failed'), async ({ address = '', why = '', name = '', email = '' }) => {
    const { id } = await api('POST /notices-of-content', {
      json: { address, why, name, email, goodFaith: true },
    });
    setReceived(id);
  });
  if (received !== null) {
    return (
      <Notice>
        <p role="status">{t('contentNotice.received', { id: received })}</p>
      </Notice>
    );
  }
  return (
    <form method="post" onSubmit={form.onSubmit} className="stack">
      <ProblemNotice text={form.problem} />
      <Field
        label={t('contentNotice.address')}
        hint={t('contentNotice.addressHint')}
        name="address"
        defaultValue={known}
        required
        error={form.errorOf('address')}
      />
      <TextField
        label={t('contentNotice.why')}
        hint={t('contentNotice.whyHint')}
        name="why"
        required
        maxLength={5000}
        error={form.errorOf('why')}
      />
      <Field
        label={t('contentNotice.name')}
        name="name"
        autoComplete="name"
        required
        error={form.errorOf('name')}
      />
      <Field
        label={t('contentNotice.email')}
        name="email"
        type="email"
        autoComplete="email"
        required
        error={form.errorOf('email')}
      />
      <Check name="goodFaith" required label={t('contentNotice.goodFaith')} />
      <Button type="submit" look="primary" busy={form.busy}>
        {t('contentNotice.send')}
      </Button>
    </form>
  );
}
