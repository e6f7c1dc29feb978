import { notFound } from 'next/navigation';
import { requireViewer } from '@/lib/group/page-viewer';
import { ClientMessages, getTranslator } from '@/lib/i18n/server';
import { loadGroup } from '../load-group';
import { SettingsForm } from './settings-form';

export default async function SettingsPage({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  await requireViewer(`/groups/${slug}/settings`);
  const group = await loadGroup(slug);
  if (!group.can.includes('settings')) notFound();
  const t = await getTranslator('groups');
  return (
    <main id="main" className="page stack">
      <h1>{t('settings.title')}</h1>
      <p>{t('settings.slug', { slug })}</p>
      <ClientMessages namespaces={['groups']}>
        <SettingsForm group={group} />
      </ClientMessages>
    </main>
  );
}
