import type { Metadata } from 'next';
import { ClientMessages, getTranslator } from '@/lib/i18n/server';
import { ContentNoticeForm } from './content-notice-form';

type Props = { searchParams: Promise<{ address?: string | string[] }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslator('moderation'))('contentNotice.title') };
}

/** Where anybody, without an account, gives notice of a note that everybody may see. */
export default async function ContentNoticePage({ searchParams }: Props) {
  const t = await getTranslator('moderation');
  const [address = ''] = [(await searchParams).address].flat();
  return (
    <main id="main" className="page form stack">
      <h1>{t('contentNotice.title')}</h1>
      <p className="muted">{t('contentNotice.lead')}</p>
      <ClientMessages namespaces={['moderation']}>
        <ContentNoticeForm address={address} />
      </ClientMessages>
    </main>
  );
}
