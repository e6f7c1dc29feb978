import { canManageEdition, type ManagedEdition } from '@/lib/edition';
import { listGroups, listReadingGroups } from '@/lib/group';
import { getTranslator } from '@/lib/i18n/server';
import type { Viewer } from '@/lib/identity/schema';
import { canOnSite } from '@/lib/policy';
import { AccessForm } from './access-form';

/** Who reads an edition, for those who manage it: the groups that have it on their lists, and one's own. */
export async function EditionAccess({ viewer, edition }: { viewer: Viewer; edition: ManagedEdition }) {
  const t = await getTranslator('texts');
  const [reading, groups] = await Promise.all([listReadingGroups(viewer, edition.slug), listGroups(viewer)]);
  const others = groups.filter(
    ({ slug, can }) => can.includes('settings') && !reading.some((group) => group.slug === slug),
  );
  return (
    <>
      <h2>{t('access')}</h2>
      <p className="muted">{t('access.hint')}</p>
      <AccessForm
        edition={edition.slug}
        access={edition.access}
        groups={[
          ...reading.map((group) => ({ ...group, isReading: true })),
          ...others.map(({ slug, name }) => ({ slug, name, isReading: false, canChange: true })),
        ]}
        canOpen={canManageEdition(viewer, edition, 'make-public')}
        canNameAny={canOnSite(viewer, 'manage-editions')}
      />
    </>
  );
}
