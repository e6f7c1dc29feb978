import { invalidField } from '@/lib/kernel/errors';
import { isNarrower, type Visibility } from './schema';
import { selectAbove } from './store';
import type { HeldVersion } from './write/store';

/** The annotation that is answered: what its visibility says of the replies below it. */
type Answered = {
  groupId: string;
  id: string;
  rootId: string;
  parentId: string | null;
  visibility: Visibility;
  version: number;
  rootVersion: number;
};

/** The widest visibility of a reply, and the annotations above it that say so. */
export type ReplyCeiling = { ceiling: 'author' | 'group'; depends: HeldVersion[] };

/**
 * The widest visibility of a reply to `answered`: below an answer of visibility `author` a reply is for its author and
 * staff at most, since whoever may not read the one would else read the other.
 */
export async function replyCeiling(answered: Answered): Promise<ReplyCeiling> {
  const { groupId, id, rootId, parentId, visibility, version, rootVersion } = answered;
  if (parentId === null) return { ceiling: 'group', depends: [{ id, version }] };
  const depends = [
    { id: rootId, version: rootVersion },
    { id, version },
  ];
  // What stands below an answer for its author alone is never for the group.
  if (visibility === 'group') return { ceiling: 'group', depends };
  if (visibility === 'author') return { ceiling: 'author', depends };
  return ceilingBelow(await selectAbove(groupId, id));
}

/** As `replyCeiling`, of a reply below these annotations. */
export function ceilingBelow(above: (HeldVersion & { visibility: Visibility })[]): ReplyCeiling {
  const isPrivate = above.some(({ visibility }) => visibility === 'author');
  return { ceiling: isPrivate ? 'author' : 'group', depends: above };
}

/**
 * Throws invalid on /visibility where a gloss is written for the author of what it answers, which it does not, or a
 * reply for more people than `ceiling`.
 */
export function requireVisibility(
  visibility: Visibility,
  { isReply, ceiling }: { isReply: boolean; ceiling: 'author' | 'group' },
): void {
  if (!isReply && visibility === 'author') {
    throw invalidField('visibility', 'Only a reply can be for the author of what it answers.');
  }
  if (isNarrower(ceiling, visibility)) {
    throw invalidField(
      'visibility',
      'This answers a private word: it can be shown to its author and staff at most.',
    );
  }
}
