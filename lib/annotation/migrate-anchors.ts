import { recordActivity } from '@/lib/activity';
import { diffTexts, reanchor } from '@/lib/anchoring';
import type { Reanchor, SectionChange } from '@/lib/edition';
import {
  type AnchoredPassage,
  applyStagedAnchors,
  countStagedAnchors,
  type MigratedAnchor,
  preferHashJoins,
  selectStagedGroups,
  selectUnstaged,
  selectUnstagedSections,
  stageAnchors,
} from './anchors/store';

const BATCH = 5_000;

/** What a publication does with passages (`publishEdition`): finds them again section by section, then moves them all. */
export const anchorMigration: Reanchor = { stage, finish };

/**
 * The rules of re-anchoring for one section: a function that follows a passage into the new text. The difference of
 * the two texts is reckoned once. What cannot be followed is orphaned and keeps its quote; an orphan stays one until
 * a person looks.
 */
export function createAnchorMigrator({
  before,
  after,
}: SectionChange): (gloss: AnchoredPassage) => MigratedAnchor {
  const difference = diffTexts(before ?? '', after ?? '');
  const { codePoints } = difference.after;
  return ({ start, end, exact, anchor, settled }) => {
    const place = start === null || end === null ? null : reanchor(difference, start, end);
    if (!place || place.state === 'orphaned') {
      return { start: null, end: null, anchor: 'orphaned', waits: !settled || anchor !== 'orphaned' };
    }
    // What was fuzzy once may stand still since: its words are held against its quote, not against the last text.
    const same = stands(codePoints, place, exact);
    const stayed = place.start === start && anchor === 'exact';
    const state = same ? (stayed ? 'exact' : 'moved') : 'fuzzy';
    // Who confirmed a changed passage saw its words: they wait again only where those changed once more.
    const waits = state === 'fuzzy' && !(settled && anchor === 'fuzzy' && place.state !== 'fuzzy');
    return { start: place.start, end: place.end, anchor: state, waits };
  };
}

/** Whether the quote stands at `place`, letter for letter. */
function stands(codePoints: Uint32Array, place: { start: number; end: number }, exact: string): boolean {
  let at = place.start;
  for (const letter of exact) {
    if (at >= place.end || codePoints[at] !== letter.codePointAt(0)) return false;
    at++;
  }
  return at === place.end;
}

/** Finds the passages of a section that were not looked at yet, and keeps where they stand. Returns how many. */
async function stage(tx: Parameters<Reanchor['stage']>[0], change: SectionChange): Promise<number> {
  await preferHashJoins(tx);
  let follow: ((gloss: AnchoredPassage) => MigratedAnchor) | undefined;
  let [total, last]: [number, AnchoredPassage | null] = [0, null];
  do {
    const glosses: AnchoredPassage[] = await selectUnstaged(tx, change, last, BATCH);
    if (glosses.length === 0) break;
    follow ??= createAnchorMigrator(change);
    const placed = [];
    for (const gloss of glosses) {
      const { groupId, id, position, version } = gloss;
      placed.push({ groupId, id, position, version, ...follow(gloss) });
    }
    await stageAnchors(tx, change, placed);
    total += glosses.length;
    last = glosses.length === BATCH ? (glosses.at(-1) ?? null) : null;
  } while (last);
  return total;
}

/**
 * The end of a publication, in the transaction that holds the edition: finds what was written since the staging,
 * moves every passage in one statement, and tells the groups. Counts per section what came of it.
 */
async function finish(...[tx, draft, sections, changeOf]: Parameters<Reanchor['finish']>) {
  await preferHashJoins(tx);
  for (const section of await selectUnstagedSections(tx, draft.edition, sections)) {
    await stage(tx, await changeOf(section));
  }
  await applyStagedAnchors(tx, draft);
  const counted = await countStagedAnchors(tx, draft);
  for (const groupId of await selectStagedGroups(tx, draft))
    await recordActivity(tx, { groupId, kind: 'edition.published' });
  return counted;
}
