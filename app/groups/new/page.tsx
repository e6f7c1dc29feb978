import { listEditions } from '@/lib/edition';
import { requireViewer } from '@/lib/group/page-viewer';
import { ClientMessages, getTranslator } from '@/lib/i18n/server';
import { CreateGroupForm } from './create-group-form';

export async function generateMetadata() {
  const t = await getTranslator('groups');
  return { title: t('create.title') };
}

/** Where anybody who is signed in makes a group of their own. */
export default async function NewGroupPage() {
  const viewer = await requireViewer('/groups/new');
  const t = await getTranslator('groups');
  const editions = await listEditions(viewer);
  return (
    <main id="main" className="page form stack">
      <h1>{t('create.title')}</h1>
      <p className="lead">{t('create.lead')}</p>
      <ClientMessages namespaces={['groups']}>
        <CreateGroupForm editions={editions.map(({ slug, title }) => ({ slug, title }))} />
      </ClientMessages>
    </main>
  );
}
