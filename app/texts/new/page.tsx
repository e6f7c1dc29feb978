import { notFound } from 'next/navigation';
import { canBringIn, canManageEdition } from '@/lib/edition';
import { requireViewer } from '@/lib/group/page-viewer';
import { ClientMessages, getTranslator } from '@/lib/i18n/server';
import { canOnSite } from '@/lib/policy';
import { Steps } from '../steps';
import { AddTextForm } from './add-text-form';

export async function generateMetadata() {
  const t = await getTranslator('texts');
  return { title: t('add') };
}

type Props = { searchParams: Promise<{ group?: string | string[] }> };

/** Where a text is brought in: for an instructor's own groups, for everybody by an administrator. */
export default async function NewTextPage({ searchParams }: Props) {
  const viewer = await requireViewer('/texts/new');
  if (!canBringIn(viewer)) notFound();
  const t = await getTranslator('texts');
  const groups = viewer.memberships
    .filter(({ groupId }) => canManageEdition(viewer, { access: 'groups', homeGroup: groupId }, 'bring-in'))
    .map(({ slug, name }) => ({ slug, name }));
  const group = [(await searchParams).group].flat()[0];
  return (
    <main id="main" className="page form stack">
      <h1>{t('add')}</h1>
      <Steps current="file" />
      <p className="lead">{t('add.intro')}</p>
      <ClientMessages namespaces={['texts']}>
        <AddTextForm
          groups={groups}
          group={groups.find(({ slug }) => slug === group)?.slug}
          isAdmin={canOnSite(viewer, 'manage-editions')}
        />
      </ClientMessages>
    </main>
  );
}
