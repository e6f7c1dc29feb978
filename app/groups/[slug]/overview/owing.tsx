'use client';
import { Mail } from 'lucide';
import { useState } from 'react';
import { api } from '@/app/_ui/api-client';
import { Button } from '@/app/_ui/button';
import { CopyButton } from '@/app/_ui/copy-button';
import { Dialog, DialogButtons } from '@/app/_ui/dialog';
import { TextField } from '@/app/_ui/field';
import { ProblemNotice } from '@/app/_ui/notice';
import { toast } from '@/app/_ui/toast';
import { useSubmit } from '@/app/_ui/use-submit';
import { useTranslations } from '@/lib/i18n/client';

type Props = { group: string; assignment: string; count: number; emails: string[]; limit: number };

/** A message to those who still owe something in an assignment; their addresses are there for one's own mail. */
export function Owing({ group, assignment, count, emails, limit }: Props) {
  const t = useTranslations('assignments');
  const common = useTranslations('common');
  const [isOpen, setOpen] = useState(false);
  const form = useSubmit(common('failed'), async ({ words = '' }) => {
    const param = { group, id: assignment };
    const { sent } = await api('POST /groups/:group/assignments/:id/reminders', { param, json: { words } });
    toast(t('reminded', { count: sent }));
    setOpen(false);
  });
  return (
    <>
      <Button icon={Mail} onClick={() => setOpen(true)}>
        {t('writeToOwing', { count })}
      </Button>
      {isOpen && (
        <Dialog title={t('writeToOwing', { count })} onClose={() => setOpen(false)}>
          <form method="post" className="stack" onSubmit={form.onSubmit}>
            <ProblemNotice text={form.errorOf('words') ? undefined : form.problem} />
            <TextField
              label={t('reminderWords')}
              hint={t('reminderHint')}
              name="words"
              required
              maxLength={limit}
              error={form.errorOf('words')}
            />
            {emails.length > 0 && (
              <p>
                <CopyButton text={emails.join(', ')} label={t('copyAddresses')} />
              </p>
            )}
            <DialogButtons>
              <Button look="quiet" onClick={() => setOpen(false)}>
                {common('cancel')}
              </Button>
              <Button type="submit" look="primary" busy={form.busy}>
                {t('send')}
              </Button>
            </DialogButtons>
          </form>
        </Dialog>
      )}
    </>
  );
}
