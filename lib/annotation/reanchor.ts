import { findQuote } from '@/lib/anchoring';
import type { Prisma } from '@/lib/db';
import { selectAnchored, updateAnchors } from './store';

const BATCH = 1_000;

/** A section whose text changes as a revision is published; `after` is null where the section is gone. */
export type SectionChange = { edition: string; section: string; revision: number; after: string | null };

/**
 * Finds every passage of a section again in its new text, within the transaction that publishes it. A passage
 * whose quote is not there, or in more than one equally good place, is orphaned and keeps its quote.
 */
export async function reanchorSection(tx: Prisma.TransactionClient, change: SectionChange): Promise<void> {
  const { edition, section, revision, after } = change;
  let cursor: string | undefined;
  do {
    const glosses = await selectAnchored(tx, edition, section, cursor, BATCH);
    const found = glosses.map(({ groupId, id, exact, prefix, suffix, start }) => {
      const place = findQuote(after ?? '', {
        exact: exact ?? '',
        prefix: prefix ?? '',
        suffix: suffix ?? '',
      });
      if (place.state === 'orphaned')
        return { groupId, id, start: null, end: null, anchor: 'orphaned' as const };
      const anchor = place.start === start ? ('exact' as const) : ('moved' as const);
      return { groupId, id, start: place.start, end: place.end, anchor };
    });
    if (found.length > 0) await updateAnchors(tx, revision, found);
    cursor = glosses.length === BATCH ? glosses.at(-1)?.id : undefined;
  } while (cursor);
}
