'use client';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslations } from '@/lib/i18n/client';
import { requestSignInLink, signIn, singleSignOnUrl } from '../_ui/auth-client';
import { Button } from '../_ui/button';
import { Field } from '../_ui/field';
import { Notice, ProblemNotice } from '../_ui/notice';

/** Signs in by password, mail or single sign-on, as the site offers them. `path` is the page of this site to open then. */
export function SignInForm({
  path,
  others,
}: {
  path: string;
  others: { email: boolean; oidc: string | null };
}) {
  const t = useTranslations('account');
  const common = useTranslations('common');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [sent, setSent] = useState(false);
  const form = useRef<HTMLFormElement>(null);

  async function run(work: () => Promise<void>): Promise<void> {
    if (busy) return;
    setBusy(true);
    setProblem(undefined);
    await work().catch(() => setProblem(common('failed')));
    setBusy(false);
  }

  /** The value of a field, read from the DOM because it may have been filled in before hydration. */
  function typed(name: 'email' | 'password'): string {
    return String(new FormData(form.current!).get(name));
  }

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    void run(async () => {
      const done = await signIn(typed('email'), typed('password'));
      if (done.ok) window.location.assign(path);
      else if (done.minutes) setProblem(t('signin.limited', { minutes: done.minutes }));
      else {
        setProblem(t('signin.wrong'));
        form.current?.querySelector<HTMLInputElement>('[name="password"]')?.select();
      }
    });
  }

  return (
    <form ref={form} method="post" onSubmit={submit} className="stack">
      <ProblemNotice text={problem} />
      {sent && (
        <Notice>
          <p role="status">{t('signin.sent')}</p>
        </Notice>
      )}
      <Field label={t('signin.email')} name="email" type="email" autoComplete="username" required />
      <Field
        label={t('signin.password')}
        name="password"
        type="password"
        autoComplete="current-password"
        required
      />
      <Button type="submit" look="primary" busy={busy}>
        {t('signin.submit')}
      </Button>
      {others.email && (
        <Button
          busy={busy}
          onClick={() =>
            run(async () => {
              await requestSignInLink(typed('email'), path);
              setSent(true);
            })
          }
        >
          {t('signin.link')}
        </Button>
      )}
      {others.oidc && (
        <Button
          busy={busy}
          onClick={() => run(async () => window.location.assign(await singleSignOnUrl(path)))}
        >
          {t('signin.oidc', { name: others.oidc })}
        </Button>
      )}
    </form>
  );
}
