'use client';
import { Mail } from 'lucide';
import { useState } from 'react';
import { Button } from '@/app/_ui/button';
import { CopyButton } from '@/app/_ui/copy-button';
import { Dialog, DialogButtons } from '@/app/_ui/dialog';
import { useTranslations } from '@/lib/i18n/client';

/** The addresses of those who still owe something, to write to them with one's own mail. */
export function Owing({ emails, subject }: { emails: string[]; subject: string }) {
  const t = useTranslations('assignments');
  const common = useTranslations('common');
  const [isOpen, setOpen] = useState(false);
  const all = emails.join(', ');
  // In the blind copy, because who owes is nobody else's business.
  const mail = `mailto:?bcc=${encodeURIComponent(emails.join(','))}&subject=${encodeURIComponent(subject)}`;
  return (
    <>
      <Button icon={Mail} onClick={() => setOpen(true)}>
        {t('writeToOwing', { count: emails.length })}
      </Button>
      {isOpen && (
        <Dialog title={t('writeToOwing', { count: emails.length })} onClose={() => setOpen(false)}>
          <p className="muted">{t('owingLead')}</p>
          <p>
            <code>{all}</code>
          </p>
          <p className="row">
            <CopyButton text={all} label={t('copyAddresses')} />
            <a href={mail}>{t('openMail')}</a>
          </p>
          <DialogButtons>
            <Button look="quiet" onClick={() => setOpen(false)}>
              {common('close')}
            </Button>
          </DialogButtons>
        </Dialog>
      )}
    </>
  );
}
