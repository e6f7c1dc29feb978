'use client';
import { useState } from 'react';
import { Button } from '@/app/_ui/button';
import { CopyButton } from '@/app/_ui/copy-button';
import { Notice, ProblemNotice } from '@/app/_ui/notice';
import { useSubmit } from '@/app/_ui/use-submit';
import { useTranslations } from '@/lib/i18n/client';
import type { PasswordLink } from '@/lib/identity/schema';

/** Makes a link for somebody's new password with `make`, and shows it once. */
export function PasswordLinkMaker({ make }: { make: () => Promise<PasswordLink> }) {
  const t = useTranslations('account');
  const common = useTranslations('common');
  const [link, setLink] = useState<PasswordLink>();
  const form = useSubmit(common('failed'));
  return (
    <div className="stack">
      <ProblemNotice text={form.problem} />
      <p className="muted">{t('admin.linkLead')}</p>
      {link?.mailed && (
        <Notice look="success">
          <p role="status">{t('admin.linkMailed')}</p>
        </Notice>
      )}
      {link?.url && (
        <Notice look="success">
          <p role="status">{t('admin.linkOnce')}</p>
          <p>
            <code>{link.url}</code>
          </p>
          <CopyButton text={link.url} label={t('admin.copyLink')} />
        </Notice>
      )}
      {!link && (
        <p>
          <Button busy={form.busy} onClick={() => void form.run(async () => setLink(await make()))}>
            {t('admin.makeLink')}
          </Button>
        </p>
      )}
    </div>
  );
}
