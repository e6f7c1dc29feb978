/**
 * The record: the logs of moderation and of accounts, entered as digests in chains that triggers write, so that nobody
 * alters them unseen (docs/decisions/0036). The ends of chains are signed for whoever wants to check them later.
 */
import { requireGroupAction, resolveMembership } from '@/lib/group';
import type { Viewer } from '@/lib/identity/schema';
import { type ListPage, toListPage } from '@/lib/kernel/list-page';
import { digestContent } from './digest';
import { signEndOf } from './head';
import type { ChainLink, ChainQuery, SignedHead } from './schema';
import * as store from './store';

export { keepHeads, startKeepingHeads } from './head';
export { parseHead } from './kept-heads';
export { verifyAudit } from './verify';

/** The signed end of a group's chain, for its members. Throws not_found, forbidden. */
export async function getSignedHead(viewer: Viewer, groupSlug: string): Promise<SignedHead> {
  const { groupId, slug } = await requireMember(viewer, groupSlug);
  return signEndOf(groupId, slug);
}

/**
 * The entries of a group's chain in their order, without what they say: whoever kept a signed head sees with them that the
 * chain still leads through it. Throws not_found, forbidden.
 */
export async function listChain(
  viewer: Viewer,
  groupSlug: string,
  { cursor = 0, limit }: ChainQuery,
): Promise<ListPage<ChainLink>> {
  const { groupId } = await requireMember(viewer, groupSlug);
  const entries = await store.selectLinks(groupId, cursor, limit + 1);
  const links = entries.map((entry) => ({
    ...{ id: String(entry.number), number: entry.number, content: digestContent(entry), hash: entry.hash },
  }));
  const { items, next } = toListPage(links, limit);
  return { items: items.map(({ id: _, ...link }) => link), next };
}

async function requireMember(viewer: Viewer, groupSlug: string) {
  const membership = await resolveMembership(viewer, groupSlug);
  requireGroupAction({ role: membership.member ? membership.role : null }, 'audit');
  return membership;
}
