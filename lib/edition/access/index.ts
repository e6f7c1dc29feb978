import { requireOnSite, requireSignedIn } from '@/lib/identity';
import type { Viewer } from '@/lib/identity/schema';
import { AppError, notFound } from '@/lib/kernel/errors';
import { canOnEdition, canOnSite, type EditionAction, roleIn } from '@/lib/policy';
import type { EditionAccess } from '../schema';
import { findManagedEdition, type ManagedEdition, selectManagedEditions } from './store';

/** Whether the viewer may do `action` to this edition. */
export function canManageEdition(
  viewer: Viewer,
  { access, homeGroup }: Pick<ManagedEdition, 'access' | 'homeGroup'>,
  action: EditionAction = 'manage',
): boolean {
  const homeRole = homeGroup === null ? null : roleIn(viewer, homeGroup);
  return canOnEdition(viewer, action, { access, homeRole });
}

/**
 * An edition that the viewer may replace, publish and change. An edition that was never published is there for these
 * alone.
 *
 * @throws AppError `unauthenticated` for nobody; `not_found`; `forbidden` for who may read it only.
 */
export async function requireManagedEdition(viewer: Viewer, slug: string): Promise<ManagedEdition> {
  if (!canOnSite(viewer, 'manage-editions')) requireSignedIn(viewer);
  const edition = await findManagedEdition(viewer, slug);
  if (!edition) throw notFound();
  if (canManageEdition(viewer, edition)) return edition;
  if (!edition.isPublished || !edition.isReadable) throw notFound();
  throw new AppError(
    'forbidden',
    'Only an administrator may do this, or an instructor of the group that this edition is of.',
  );
}

/**
 * Whether the viewer may bring in a new edition with this access for this group (its id; null for the site): an
 * administrator any, an owner or instructor a closed one for their group.
 *
 * @throws AppError `unauthenticated` for nobody; `forbidden`.
 */
export function requireNewEdition(
  viewer: Viewer,
  { access, homeGroup }: { access: EditionAccess; homeGroup: string | null },
): void {
  if (canManageEdition(viewer, { access, homeGroup }, 'bring-in')) return;
  if (homeGroup === null) requireOnSite(viewer, 'manage-editions');
  requireSignedIn(viewer);
  throw new AppError(
    'forbidden',
    'An instructor brings in editions for the own groups; an administrator those for everybody.',
  );
}

/** Whether the viewer may bring in an edition for one of their groups, or for the site. */
export function canBringIn(viewer: Viewer): boolean {
  const homes = [null, ...viewer.memberships.map(({ groupId }) => groupId)];
  return homes.some((homeGroup) => canManageEdition(viewer, { access: 'groups', homeGroup }, 'bring-in'));
}

/** The editions that the viewer may put on a reading list: those that they may read, and drafts that they manage. */
export async function listListable(viewer: Viewer, slugs: string[] | null = null): Promise<ManagedEdition[]> {
  const found = await selectManagedEditions(viewer, slugs);
  return found.filter((edition) => edition.isPublished || canManageEdition(viewer, edition));
}
