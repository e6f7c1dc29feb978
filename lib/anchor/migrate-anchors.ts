import { reanchor } from '@/lib/anchoring';
import type { Tx } from '@/lib/db';
import { type Draft, type SectionChange, selectSectionChange } from '@/lib/edition';
import type { SectionCounts } from '@/lib/edition/schema';
import { createPacer } from '@/lib/kernel/pacer';
import { moveToStaged } from '@/lib/target';
import { diffInWorker } from './diff-in-worker';
import * as store from './store';

/** Passages that are read and staged at once. */
const BATCH = 5_000;

/** Follows a passage of the old text into the new one. */
export type AnchorMigrator = (passage: store.AnchoredPassage) => store.MigratedAnchor;

/**
 * The rules of re-anchoring for one section, whose texts are compared once. A passage that cannot be followed is
 * orphaned and keeps its quote; an orphan stays one until a person places it anew. The comparison ends once `signal` is
 * aborted.
 */
export async function createAnchorMigrator(
  { before, after }: SectionChange,
  signal?: AbortSignal,
): Promise<AnchorMigrator> {
  const difference = await diffInWorker(before ?? '', after ?? '', signal);
  const { codePoints } = difference.after;
  return ({ start, end, exact, anchor, settled }) => {
    const found = start === null || end === null ? null : reanchor(difference, start, end);
    if (!found || found.state === 'orphaned') {
      return { start: null, end: null, anchor: 'orphaned', waits: !settled || anchor !== 'orphaned' };
    }
    // The quote is compared, not the last text: a passage that was fuzzy before may have its own words again.
    const hasItsWords = quoteStandsAt(codePoints, found, exact);
    const isInPlace = found.start === start && anchor === 'exact';
    const state = hasItsWords ? (isInPlace ? 'exact' : 'moved') : 'fuzzy';
    // A person who confirmed a fuzzy passage saw its words: it waits again only if those changed once more.
    const waits = state === 'fuzzy' && !(settled && anchor === 'fuzzy' && found.state !== 'fuzzy');
    return { start: found.start, end: found.end, anchor: state, waits };
  };
}

/** Whether the quote is what stands in `[start, end)`, code point for code point. */
function quoteStandsAt(
  codePoints: Uint32Array,
  { start, end }: { start: number; end: number },
  quote: string,
): boolean {
  let offset = start;
  for (const character of quote) {
    if (offset >= end || codePoints[offset] !== character.codePointAt(0)) return false;
    offset++;
  }
  return offset === end;
}

/** Stages the passages of a section that are not staged yet, and returns their number. */
export async function stageSectionAnchors(tx: Tx, change: SectionChange): Promise<number> {
  await store.preferHashJoins(tx);
  const giveTurn = createPacer();
  let migrate: AnchorMigrator | undefined;
  let total = 0;
  let last: store.AnchoredPassage | null = null;
  do {
    const passages: store.AnchoredPassage[] = await store.selectUnstaged(tx, change, last, BATCH);
    if (passages.length === 0) break;
    migrate ??= await createAnchorMigrator(change);
    const anchors = [];
    for (const passage of passages) {
      await giveTurn();
      const { groupId, id, position, version } = passage;
      anchors.push({ groupId, id, position, version, ...migrate(passage) });
    }
    await store.stageAnchors(tx, change, anchors);
    total += passages.length;
    last = passages.length === BATCH ? (passages.at(-1) ?? null) : null;
  } while (last);
  return total;
}

/**
 * Stages what was written on the changed sections after they were staged. The edition must be locked, so that nothing
 * more is written.
 */
export async function stageLateAnchors(tx: Tx, draft: Draft, sections: string[]): Promise<void> {
  await store.preferHashJoins(tx);
  for (const section of await store.selectUnstagedSections(tx, draft.edition, sections)) {
    await stageSectionAnchors(tx, await selectSectionChange(draft, section, tx));
  }
}

/**
 * Moves every passage to where it was staged. Returns the counts of each changed section, of the groups that `isCounted`
 * takes, and the groups concerned.
 */
export async function applyAnchors(
  tx: Tx,
  draft: Draft,
  sections: string[],
  isCounted: (groupId: string) => boolean,
): Promise<{ counts: SectionCounts[]; groupIds: string[] }> {
  await moveToStaged(tx, draft);
  const counts = new Map(
    sections.map((section) => [section, { section, exact: 0, moved: 0, fuzzy: 0, orphaned: 0 }]),
  );
  const rows = await store.countStagedAnchors(tx, draft);
  for (const { section, groupId, anchor, count } of rows) {
    const known = counts.get(section);
    if (known && isCounted(groupId)) known[anchor] += count;
  }
  return { counts: [...counts.values()], groupIds: [...new Set(rows.map(({ groupId }) => groupId))] };
}

/** The passages of all groups in a section of an edition, in batches, for a preview. */
export async function* scanAnchors(edition: string, section: string): AsyncGenerator<store.PreviewedPassage> {
  let last: store.PreviewedPassage | null = null;
  do {
    const batch: store.PreviewedPassage[] = await store.selectForPreview(edition, section, last, BATCH);
    yield* batch;
    last = batch.length === BATCH ? (batch.at(-1) ?? null) : null;
  } while (last);
}
