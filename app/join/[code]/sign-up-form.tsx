'use client';
import { useState } from 'react';
import { api } from '@/app/_ui/api-client';
import { requestSignInLink, signIn } from '@/app/_ui/auth-client';
import { Button } from '@/app/_ui/button';
import { Field } from '@/app/_ui/field';
import { Notice, ProblemNotice } from '@/app/_ui/notice';
import { useSubmit } from '@/app/_ui/use-submit';
import { useTranslations } from '@/lib/i18n/client';
import { PASSWORD_MIN, PERSON_NAME_LIMIT } from '@/lib/identity/constants';

/** Makes an account by an invitation, signs in and opens the seminar; with mail, once the address is proven by a link. */
export function SignUpForm({ code, needsMail }: { code: string; needsMail: boolean }) {
  const t = useTranslations('groups');
  const common = useTranslations('common');
  const [isMailed, setMailed] = useState(false);
  const form = useSubmit(common('failed'), async ({ name = '', email = '', password }) => {
    // Where mail proves the address, the password is chosen after that: this one is never used.
    const json = { code, name, email, password: password || crypto.randomUUID() };
    const made = await api('POST /accounts', { json });
    const path = 'group' in made ? `/groups/${made.group.slug}` : '/';
    if (needsMail) {
      await requestSignInLink(email, path);
      setMailed(true);
    } else {
      await signIn(email, json.password);
      window.location.assign(path);
    }
  });
  if (isMailed) {
    return (
      <Notice look="success">
        <p role="status">{t('join.mailed')}</p>
      </Notice>
    );
  }
  const isAboutField = ['name', 'email', 'password'].some((field) => form.errorOf(field));
  return (
    <form method="post" onSubmit={form.onSubmit} className="stack">
      <ProblemNotice text={isAboutField ? undefined : form.problem} />
      <Field
        label={t('join.name')}
        name="name"
        autoComplete="name"
        required
        maxLength={PERSON_NAME_LIMIT}
        error={form.errorOf('name')}
      />
      <Field
        label={t('join.email')}
        name="email"
        type="email"
        autoComplete="username"
        required
        error={form.errorOf('email')}
      />
      {!needsMail && (
        <Field
          label={t('join.password')}
          hint={t('join.passwordHint')}
          name="password"
          type="password"
          autoComplete="new-password"
          required
          minLength={PASSWORD_MIN}
          error={form.errorOf('password')}
        />
      )}
      <Button type="submit" look="primary" busy={form.busy}>
        {t('join.create')}
      </Button>
    </form>
  );
}
