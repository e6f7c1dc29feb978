'use client';
import { useState } from 'react';
import { useTranslations } from '@/lib/i18n/client';
import { api } from '../_ui/api-client';
import { Button } from '../_ui/button';
import { Dialog, DialogButtons } from '../_ui/dialog';
import { Choice, Field } from '../_ui/field';
import { ProblemNotice } from '../_ui/notice';
import { useSubmit } from '../_ui/use-submit';

type Props = { email: string; withPassword: boolean };

/** Erases the person who is signed in, after one question, and leads to the page where the result will be read. */
export function ErasureForm({ email, withPassword }: Props) {
  const t = useTranslations('privacy');
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <p>
        <Button look="danger" onClick={() => setAsking(true)}>
          {t('erase.button')}
        </Button>
      </p>
      {isAsking && (
        <Dialog title={t('erase.sure')} onClose={() => setAsking(false)}>
          <ErasureQuestions email={email} withPassword={withPassword} close={() => setAsking(false)} />
        </Dialog>
      )}
    </>
  );
}

function ErasureQuestions({ email, withPassword, close }: Props & { close: () => void }) {
  const t = useTranslations('privacy');
  const common = useTranslations('common');
  const form = useSubmit(common('failed'), async ({ notes, password = '' }) => {
    const json = { notes: notes === 'anonymise' ? ('anonymise' as const) : ('remove' as const), password };
    const { address } = await api('POST /me/erasure', { json });
    window.location.assign(new URL(address).pathname);
  });
  return (
    <form method="post" onSubmit={form.onSubmit} className="stack">
      <ProblemNotice text={form.problem} />
      <p>{t('erase.what')}</p>
      <Choice label={t('erase.notes')} name="notes" defaultValue="remove">
        <option value="remove">{t('erase.remove')}</option>
        <option value="anonymise">{t('erase.anonymise')}</option>
      </Choice>
      <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
      {withPassword && (
        <Field
          label={t('erase.password')}
          name="password"
          type="password"
          autoComplete="current-password"
          required
          error={form.errorOf('password')}
        />
      )}
      <DialogButtons>
        <Button onClick={close}>{common('cancel')}</Button>
        <Button type="submit" look="destroy" busy={form.busy}>
          {t('erase.confirm')}
        </Button>
      </DialogButtons>
    </form>
  );
}
