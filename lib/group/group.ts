import { recordActivity } from '@/lib/activity';
import { archived, type Tx, transaction } from '@/lib/db';
import { recordEntry } from '@/lib/decision-log';
import { listListable } from '@/lib/edition';
import { requireModerateScope, requireUnscopedToken, type Viewer } from '@/lib/identity';
import { isMuted, type Membership } from '@/lib/identity/schema';
import { AppError, invalidField, notFound } from '@/lib/kernel/errors';
import { actingRole, canInGroup, type GivenRole, roleIn } from '@/lib/policy';
import { countUnread } from '@/lib/unread';
import { forbiddenByRole, lockGroupOf } from './group-lock';
import * as readingList from './reading-list/store';
import { resolveMembership } from './resolve-membership';
import {
  type DecisionReason,
  decisionReasonSchema,
  GROUP_ABILITIES,
  type Group,
  type GroupChange,
  type GroupInput,
  groupChangeSchema,
  groupInputSchema,
} from './schema';
import { slugify, withRandomSuffix } from './slug';
import * as store from './store';

function membershipIn({ memberships }: Viewer, groupId: string): Membership | undefined {
  return memberships.find((membership) => membership.groupId === groupId);
}

/** Groups as the API gives them: with the first edition of each one's reading list that the viewer may read. */
async function presentGroups(viewer: Viewer, rows: store.GroupRow[]): Promise<Group[]> {
  const listed = await readingList.selectListedEditions(
    viewer,
    rows.map(({ id }) => id),
  );
  const unread = await countUnread(
    viewer,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => {
    const first = listed.find(({ groupId }) => groupId === row.id);
    return { ...toGroup(viewer, row, first?.edition ?? null), unread: unread.get(row.id) ?? 0 };
  });
}

function toGroup(
  viewer: Viewer,
  row: store.GroupRow,
  edition: string | null,
  own: GivenRole | undefined = membershipIn(viewer, row.id),
): Omit<Group, 'unread'> {
  const { slug, name, description, access, subgroupsApart, premoderated, readOnly, evidenceDays, tagSet } =
    row;
  const archived = row.archivedAt !== null;
  const { mutedUntil, mutedReason = '' } = membershipIn(viewer, row.id) ?? {};
  const muted = isMuted({ mutedUntil: mutedUntil ?? null });
  const facts = { archived, readOnly, muted, scope: viewer.scope };
  const acting = own ? actingRole(own) : null;
  const abilities = GROUP_ABILITIES.filter((action) => canInGroup(acting, action, facts));
  const mayJoin = canInGroup(acting, 'join', {
    access,
    signedIn: viewer.id !== null,
    archived,
    scope: viewer.scope,
  });
  return {
    slug,
    name,
    description,
    access,
    edition,
    role: own?.role ?? null,
    members: row._count.members,
    subgroupsApart,
    archived,
    ...{ premoderated, readOnly, evidenceDays, tagSet },
    researchWording: row.researchWording,
    reasons: decisionReasonSchema.array().parse(row.reasons),
    muted: muted && mutedUntil ? { until: new Date(mutedUntil).toISOString(), reason: mutedReason } : null,
    can: mayJoin ? [...abilities, 'join'] : abilities,
  };
}

/** The viewer's own groups, and those that anybody may read, by name. */
export async function listGroups(viewer: Viewer): Promise<Group[]> {
  const rows = await store.selectGroups(viewer.memberships.map(({ groupId }) => groupId));
  return presentGroups(viewer, rows);
}

/** A group. Throws `not_found` where there is none, or none that the viewer may know of. */
export async function getGroup(viewer: Viewer, slug: string): Promise<Group> {
  const row = await store.findGroup(slug);
  if (!row || !canInGroup(roleIn(viewer, row.id), 'read', row)) throw notFound();
  const [group] = await presentGroups(viewer, [row]);
  if (!group) throw notFound();
  return group;
}

/**
 * Creates a group with the viewer as its owner. Without a slug, one is made from the name. Throws `conflict` on /slug
 * where another group has the given one, `invalid` on /edition.
 */
export async function createGroup(viewer: Viewer, input: GroupInput): Promise<Group> {
  const { id: userId } = requireUnscopedToken(viewer);
  const { slug: given, edition, ...fields } = groupInputSchema.parse(input);
  if (edition !== null && (await listListable(viewer, [edition])).length === 0)
    throw invalidField('edition', 'There is no such edition.');
  return insertWithSlug(viewer, { slug: given, name: fields.name }, (slug) =>
    transaction(async (tx) => {
      const groupId = await store.insertGroup(tx, { ...fields, slug });
      await store.insertMember(tx, groupId, userId, 'owner');
      if (edition !== null) await readingList.appendToLists(tx, [groupId], edition);
      await recordActivity(tx, { groupId, kind: 'group.created', actorId: userId });
    }),
  );
}

/**
 * Makes a group like another, of which the viewer is owner: with its settings and reading list, without its members.
 * `copyRest` copies what other rooms have, in the same transaction. Throws `not_found`, `forbidden` for whoever does
 * not set the other up, `conflict` on /slug.
 */
export async function createGroupLike(
  viewer: Viewer,
  slug: string,
  { slug: given, name }: { slug?: string | undefined; name: string },
  copyRest: (tx: Tx, from: string, to: string) => Promise<void>,
): Promise<Group> {
  const { id: userId } = requireUnscopedToken(viewer);
  const { groupId: from, member, role } = await resolveMembership(viewer, slug);
  if (!member || !canInGroup(role, 'settings')) throw forbiddenByRole();
  return insertWithSlug(viewer, { slug: given, name }, (slug) =>
    transaction(async (tx) => {
      const { reasons, ...settings } = await store.getSettings(tx, from);
      const like = { ...settings, reasons: decisionReasonSchema.array().parse(reasons) };
      const to = await store.insertGroup(tx, { slug, name, ...like });
      await store.insertMember(tx, to, userId, 'owner');
      await readingList.replaceItems(tx, to, await readingList.selectItems(tx, from));
      await copyRest(tx, from, to);
      await recordActivity(tx, { groupId: to, kind: 'group.created', actorId: userId });
    }),
  );
}

/** A new group under the slug that was given, else under one made from its name. Throws `conflict` on /slug. */
async function insertWithSlug(
  viewer: Viewer,
  { slug: given, name }: { slug: string | undefined; name: string },
  insert: (slug: string) => Promise<void>,
): Promise<Group> {
  let slug = given ?? slugify(name);
  try {
    await insert(slug);
  } catch (error) {
    if (!(error instanceof store.SlugTaken)) throw error;
    if (given !== undefined) {
      throw new AppError('conflict', 'This address is taken.', {
        errors: [{ pointer: '/slug', detail: 'This address is taken.' }],
      });
    }
    slug = withRandomSuffix(slug);
    await insert(slug);
  }
  const row = await store.findGroup(slug);
  if (!row) throw notFound();
  const listed = await readingList.selectListedEditions(viewer, [row.id]);
  return { ...toGroup(viewer, row, listed[0]?.edition ?? null, { role: 'owner' }), unread: 0 };
}

/**
 * Changes a group's name, description or access, archives it or takes it from the archive. Throws `not_found`,
 * `forbidden`, `invalid`, `conflict` where it is archived and stays so.
 */
export async function updateGroup(viewer: Viewer, slug: string, input: GroupChange): Promise<Group> {
  const { id: actorId } = requireModerateScope(viewer);
  const { archived: toArchive, ...fields } = groupChangeSchema.parse(input);
  await transaction(async (tx) => {
    const group = await lockGroupOf(tx, slug, viewer);
    if (!canInGroup(group.role, 'settings')) throw forbiddenByRole();
    const isArchived = toArchive ?? group.archived;
    if (group.archived && isArchived && Object.keys(fields).length > 0) throw archived();
    const archivedAt = isArchived ? new Date() : null;
    const change = isArchived === group.archived ? fields : { ...fields, archivedAt };
    await store.updateGroup(tx, group.id, change);
    await recordActivity(tx, { groupId: group.id, kind: 'group.updated', actorId });
    const details = moderationSettingsOf(change);
    if (Object.keys(details).length > 0 && !isArchived)
      await recordEntry(tx, group.id, { ...ON_GROUP, action: 'settings', actorId, details });
  });
  return getGroup(viewer, slug);
}

/** The group's own reasons for decisions. */
export async function findDecisionReasons(groupId: string): Promise<DecisionReason[]> {
  return decisionReasonSchema.array().parse(await store.selectReasons(groupId));
}

/** The tags that staff offers in a group, in its order. */
export function findTagSet(groupId: string): Promise<string[]> {
  return store.selectTagSet(groupId);
}

/** Puts `to` in the place of the tags `from` in the set of a group, where one of them is in it. */
export async function replaceTagInSet(
  tx: Tx,
  groupId: string,
  { from, to }: { from: string[]; to: string },
): Promise<void> {
  const before = await store.selectTagSet(groupId, tx);
  const tagSet = [...new Set(before.map((tag) => (from.includes(tag) ? to : tag)))];
  if (tagSet.join('\n') !== before.join('\n')) await store.updateGroup(tx, groupId, { tagSet });
}

/** What an entry of the log has that is on no annotation. */
const ON_GROUP = { annotationId: null, reason: '', before: null, after: null, version: null } as const;

/** Those of the changes of a group that say how it is moderated, and who may read it. */
function moderationSettingsOf({ reasons, ...change }: GroupChange) {
  const { premoderated, readOnly, evidenceDays, access, researchWording } = change;
  const changed = {
    premoderated,
    readOnly,
    evidenceDays,
    access,
    researchWording,
    reasons: reasons?.map(({ id }) => id),
  };
  return Object.fromEntries(Object.entries(changed).filter(([, value]) => value !== undefined));
}
