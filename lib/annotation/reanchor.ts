import { compareTexts, reanchor } from '@/lib/anchoring';
import type { Prisma } from '@/lib/db';
import { sliceCodePoints } from '@/lib/kernel/text';
import type { Anchor } from './schema';
import { type Anchored, selectAnchored, updateAnchors } from './store';

const BATCH = 1_000;

/** A section whose text changes as a revision is published; a side is null where it has no such section. */
export type SectionChange = {
  edition: string;
  section: string;
  revision: number;
  before: string | null;
  after: string | null;
};

/**
 * Follows every passage of a section into its new text, within the transaction that publishes it: the difference is
 * reckoned once. What cannot be followed is orphaned and keeps its quote; an orphan stays one until a person looks.
 */
export async function reanchorSection(tx: Prisma.TransactionClient, change: SectionChange): Promise<void> {
  const { edition, section, revision, before, after } = change;
  const difference = compareTexts(before ?? '', after ?? '');
  let cursor: string | undefined;
  do {
    const glosses = await selectAnchored(tx, edition, section, cursor, BATCH);
    const found = glosses.map((gloss) => ({ groupId: gloss.groupId, id: gloss.id, ...placeOf(gloss) }));
    if (found.length > 0) await updateAnchors(tx, revision, found);
    cursor = glosses.length === BATCH ? glosses.at(-1)?.id : undefined;
  } while (cursor);

  function placeOf({ start, end, exact, anchor }: Anchored): {
    start: number | null;
    end: number | null;
    anchor: Anchor;
  } {
    const place = start === null || end === null ? null : reanchor(difference, start, end);
    if (!place || place.state === 'orphaned') return { start: null, end: null, anchor: 'orphaned' };
    // What was fuzzy once may stand still since: its words are held against its quote, not against the last text.
    const same = sliceCodePoints(after ?? '', place.start, place.end) === exact;
    const stayed = place.start === start && anchor === 'exact';
    return { start: place.start, end: place.end, anchor: same ? (stayed ? 'exact' : 'moved') : 'fuzzy' };
  }
}
