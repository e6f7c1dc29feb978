'use client';
import { useState } from 'react';
import { api } from '@/app/_ui/api-client';
import { Button } from '@/app/_ui/button';
import { Field } from '@/app/_ui/field';
import { Notice, ProblemNotice } from '@/app/_ui/notice';
import { useSubmit } from '@/app/_ui/use-submit';
import { useTranslations } from '@/lib/i18n/client';

/** Has a link for a new password mailed; it says the same for every address. */
export function ForgottenForm() {
  const t = useTranslations('account');
  const common = useTranslations('common');
  const [isSent, setSent] = useState(false);
  const form = useSubmit(common('failed'), async ({ email = '' }) => {
    await api('POST /password-links', { json: { email } });
    setSent(true);
  });
  if (isSent) {
    return (
      <Notice look="success">
        <p role="status">{t('forgotten.sent')}</p>
      </Notice>
    );
  }
  return (
    <form method="post" onSubmit={form.onSubmit} className="stack">
      <ProblemNotice text={form.errorOf('email') ? undefined : form.problem} />
      <Field
        label={t('signin.email')}
        name="email"
        type="email"
        autoComplete="username"
        required
        error={form.errorOf('email')}
      />
      <Button type="submit" look="primary" busy={form.busy}>
        {t('forgotten.submit')}
      </Button>
    </form>
  );
}
