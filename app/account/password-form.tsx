'use client';
import { useRef } from 'react';
import { useTranslations } from '@/lib/i18n/client';
import { PASSWORD_MAX, PASSWORD_MIN } from '@/lib/identity/constants';
import { api } from '../_ui/api-client';
import { Button } from '../_ui/button';
import { Check, Field } from '../_ui/field';
import { ProblemNotice } from '../_ui/notice';
import { toast } from '../_ui/toast';
import { useSubmit } from '../_ui/use-submit';

/** Changes the password, or sets the first one. */
export function PasswordForm({ email, withPassword }: { email: string; withPassword: boolean }) {
  const t = useTranslations('account');
  const common = useTranslations('common');
  const element = useRef<HTMLFormElement>(null);
  const form = useSubmit(common('failed'), async ({ current, password = '', endSessions, endTokens }) => {
    const ends = { endSessions: endSessions === 'on', endTokens: endTokens === 'on' };
    await api('PUT /me/password', { json: { password, ...ends, ...(withPassword && { current }) } });
    element.current?.reset();
    toast(t('account.changed'));
  });
  return (
    <form ref={element} method="post" onSubmit={form.onSubmit} className="stack">
      <ProblemNotice text={form.problem} />
      {/* Password managers need the account's name. */}
      <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
      {withPassword && (
        <Field
          label={t('account.current')}
          name="current"
          type="password"
          autoComplete="current-password"
          required
          error={form.errorOf('current')}
        />
      )}
      <Field
        label={t('account.new')}
        hint={t('account.newHint')}
        name="password"
        type="password"
        autoComplete="new-password"
        required
        minLength={PASSWORD_MIN}
        maxLength={PASSWORD_MAX}
        error={form.errorOf('password')}
      />
      <Check name="endSessions" defaultChecked label={t('account.endSessions')} />
      <Check name="endTokens" label={t('account.endTokens')} />
      <Button type="submit" busy={form.busy}>
        {t('account.change')}
      </Button>
    </form>
  );
}
