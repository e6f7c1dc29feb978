'use client';
import { useRouter } from 'next/navigation';
import { useRef } from 'react';
import { useTranslations } from '@/lib/i18n/client';
import { PASSWORD_MIN } from '@/lib/identity/constants';
import { api } from '../_ui/api-client';
import { Button } from '../_ui/button';
import { Check, Field } from '../_ui/field';
import { ProblemNotice } from '../_ui/notice';
import { toast } from '../_ui/toast';
import { useSubmit } from '../_ui/use-submit';

/** Creates an account for a person. */
export function AddAccountForm() {
  const t = useTranslations('account');
  const common = useTranslations('common');
  const router = useRouter();
  const element = useRef<HTMLFormElement>(null);
  const form = useSubmit(common('failed'), async ({ name = '', email = '', admin, password }) => {
    const json = { name, email, admin: admin === 'on', ...(password && { password }) };
    await api('POST /accounts', { json });
    element.current?.reset();
    toast(t('admin.added'));
    router.refresh();
  });
  return (
    <form ref={element} method="post" onSubmit={form.onSubmit} className="stack">
      <ProblemNotice text={form.errorOf('email') ? undefined : form.problem} />
      <Field label={t('admin.name')} name="name" autoComplete="off" required error={form.errorOf('name')} />
      <Field
        label={t('signin.email')}
        name="email"
        type="email"
        autoComplete="off"
        required
        error={form.errorOf('email')}
      />
      <Field
        label={t('signin.password')}
        hint={t('admin.passwordHint')}
        name="password"
        type="password"
        autoComplete="new-password"
        minLength={PASSWORD_MIN}
        error={form.errorOf('password')}
      />
      <Check name="admin" label={t('admin.makeAdmin')} hint={t('admin.makeAdminHint')} />
      <Button type="submit" busy={form.busy}>
        {t('admin.add')}
      </Button>
    </form>
  );
}
