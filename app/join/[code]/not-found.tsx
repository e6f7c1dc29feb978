import { EmptyState } from '@/app/_ui/notice';
import { getTranslator } from '@/lib/i18n/server';

export default async function NoInvitation() {
  const t = await getTranslator('groups');
  return (
    <main id="main" className="page narrow stack">
      <h1>{t('join.unknown')}</h1>
      <EmptyState title={t('join.unknownText')} />
    </main>
  );
}
