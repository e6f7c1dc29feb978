import { EmptyState } from '@/app/_ui/notice';
import { getTranslator } from '@/lib/i18n/server';

/** The newest threads of a group. */
export async function RecentDiscussion(_: { slug: string }) {
  const t = await getTranslator('groups');
  return (
    <EmptyState title={t('home.noDiscussion')}>
      <p>{t('home.noDiscussionText')}</p>
    </EmptyState>
  );
}
