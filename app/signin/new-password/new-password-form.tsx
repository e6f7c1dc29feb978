'use client';
import { useState, useSyncExternalStore } from 'react';
import { api } from '@/app/_ui/api-client';
import { Button, ButtonLink } from '@/app/_ui/button';
import { Check, Field } from '@/app/_ui/field';
import { Notice, ProblemNotice } from '@/app/_ui/notice';
import { useSubmit } from '@/app/_ui/use-submit';
import { useTranslations } from '@/lib/i18n/client';
import { PASSWORD_MAX, PASSWORD_MIN } from '@/lib/identity/constants';

const subscribe = () => () => {};
const readSecret = () => window.location.hash.slice(1);

/** Sets a new password by the secret of a link, which stands after the `#` of the address. */
export function NewPasswordForm() {
  const t = useTranslations('account');
  const common = useTranslations('common');
  const secret = useSyncExternalStore(subscribe, readSecret, () => null);
  const [isDone, setDone] = useState(false);
  const form = useSubmit(common('failed'), async ({ password = '', endSessions, endTokens }) => {
    const ends = { endSessions: endSessions === 'on', endTokens: endTokens === 'on' };
    await api('POST /passwords', { json: { secret: readSecret(), password, ...ends } });
    setDone(true);
  });
  if (isDone) {
    return (
      <>
        <Notice look="success">
          <p role="status">{t('newPassword.done')}</p>
        </Notice>
        <p>
          <ButtonLink href="/signin" look="primary">
            {t('signin.submit')}
          </ButtonLink>
        </p>
      </>
    );
  }
  if (secret === '') return <ProblemNotice text={t('newPassword.noLink')} />;
  return (
    <form method="post" onSubmit={form.onSubmit} className="stack">
      <ProblemNotice text={form.errorOf('password') ? undefined : form.problem} />
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
      <Check name="endSessions" defaultChecked label={t('newPassword.endSessions')} />
      <Check name="endTokens" label={t('account.endTokens')} />
      <Button type="submit" look="primary" busy={form.busy}>
        {t('newPassword.submit')}
      </Button>
    </form>
  );
}
