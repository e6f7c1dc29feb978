import type { Tx } from '@/lib/db';
import { invalidField } from '@/lib/kernel/errors';
import { isNarrower, type Visibility } from './schema';
import { hasPrivateWordAbove } from './store';

/** The annotation that is answered: what its visibility says of the replies below it. */
type Answered = { groupId: string; id: string; parentId: string | null; visibility: Visibility };

/**
 * The widest visibility of a reply to `answered`: below an answer of visibility `author` a reply is for its author and
 * staff at most, since whoever may not read the one would else read the other.
 */
export async function replyCeiling(tx: Tx, answered: Answered): Promise<'author' | 'group'> {
  // What stands below an answer for its author alone is never for the group.
  if (answered.visibility === 'group' || answered.parentId === null) return 'group';
  if (answered.visibility === 'author') return 'author';
  return (await hasPrivateWordAbove(tx, answered)) ? 'author' : 'group';
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
