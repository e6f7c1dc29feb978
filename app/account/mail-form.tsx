'use client';
import { useState } from 'react';
import { useTranslations } from '@/lib/i18n/client';
import { MAIL, type MailRhythm, type NoticeSetting } from '@/lib/notice/schema';
import { api } from '../_ui/api-client';
import { Button } from '../_ui/button';
import { CopyButton } from '../_ui/copy-button';
import { Choice } from '../_ui/field';
import { Notice, ProblemNotice } from '../_ui/notice';
import { toast } from '../_ui/toast';
import { useSubmit } from '../_ui/use-submit';

type Props = { setting: NoticeSetting & { hasFeed: boolean }; canMail: boolean };

/** How often mail with news comes, and a private address for a feed. The time zone is the browser's. */
export function MailForm({ setting, canMail }: Props) {
  const t = useTranslations('notices');
  const common = useTranslations('common');
  const [feed, setFeed] = useState<string | null>(null);
  const [hasFeed, setHasFeed] = useState(setting.hasFeed);
  const form = useSubmit(common('failed'), async ({ mail }) => {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    await api('PATCH /me', { json: { mail: mail as MailRhythm, timeZone } });
    toast(t('mail.saved'));
  });

  async function makeFeed(): Promise<void> {
    const { address } = await api('POST /me/feed', {});
    setFeed(address);
    setHasFeed(true);
  }
  async function removeFeed(): Promise<void> {
    await api('DELETE /me/feed', {});
    setFeed(null);
    setHasFeed(false);
  }

  return (
    <>
      {!canMail && (
        <Notice>
          <p>{t('mail.off')}</p>
        </Notice>
      )}
      <form method="post" onSubmit={form.onSubmit} className="stack">
        <ProblemNotice text={form.problem} />
        <Choice label={t('mail.rhythm')} name="mail" defaultValue={setting.mail}>
          {MAIL.map((rhythm) => (
            <option key={rhythm} value={rhythm}>
              {t(`mail.${rhythm}`)}
            </option>
          ))}
        </Choice>
        <Button type="submit" busy={form.busy}>
          {common('save')}
        </Button>
      </form>
      <h3>{t('feed.heading')}</h3>
      <p className="muted">{t('feed.lead')}</p>
      {feed !== null && (
        <Notice look="success">
          <p>{t('feed.once')}</p>
          <p>
            <code>{feed}</code>
          </p>
          <CopyButton text={feed} />
        </Notice>
      )}
      <div className="row">
        <Button busy={form.busy} onClick={() => void form.run(makeFeed)}>
          {t(hasFeed ? 'feed.renew' : 'feed.make')}
        </Button>
        {hasFeed && (
          <Button look="danger" busy={form.busy} onClick={() => void form.run(removeFeed)}>
            {t('feed.remove')}
          </Button>
        )}
      </div>
    </>
  );
}
