import { createHash } from 'node:crypto';
import type { DivisionNode } from '../tei/body-state';
import type { Block, FlowNote } from '../tei/flow';
import { isNumbered } from './numbered';

/** A section of the revision before: its id, and its paragraphs in order with the MD5 of each text. */
export type EarlierSection = { id: string; paragraphs: { id: string; md5: string }[] };

/** The longest id that is made, in characters. */
const LONGEST_ID = 80;
/** A section is the one of before if it has at least this share of its paragraphs. */
const SAME_SECTION = 0.3;

type UnnamedPage = { from: number; to: number; division: DivisionNode | null; part: number };

/**
 * Gives sections, paragraphs and notes the ids that they are cited by. An id of the file (`xml:id`) stays; another is
 * made from the structure. What a revision before had keeps its id: it is found by id, else by its text.
 */
export function createIds(earlier: readonly EarlierSection[]) {
  const used = new Set<string>();
  const earlierById = new Map(earlier.map((section) => [section.id, section]));
  /** Which sections of before had a paragraph of this text. */
  const homes = new Map<string, string[]>();
  /** The second paragraphs of sections of before, by their first: a short heading alone may stand anywhere. */
  const firsts = new Map<string, Set<string | undefined>>();
  for (const { id, paragraphs } of earlier) {
    const [first, second] = paragraphs;
    if (first) firsts.set(first.md5, (firsts.get(first.md5) ?? new Set()).add(second?.md5));
    for (const { md5 } of paragraphs) {
      const known = homes.get(md5);
      if (!known) homes.set(md5, [id]);
      else if (known.length < 8) known.push(id);
    }
  }
  const hashes = new Map<Block, string>();
  const hashOf = (block: Block): string => {
    const known = hashes.get(block);
    if (known !== undefined) return known;
    const md5 = createHash('md5').update(block.text, 'utf8').digest('hex');
    hashes.set(block, md5);
    return md5;
  };

  /** `wanted`, or with a number behind it where that is taken. */
  function unique(wanted: string): string {
    let id = wanted;
    for (let n = 2; used.has(id); n++) id = `${wanted}-${n}`;
    used.add(id);
    return id;
  }

  /** The id on the page of an xml:id: within its section's, so that it says where it is. */
  function claim(section: string, xmlId: string): string | null {
    const id = xmlId.startsWith(`${section}.`) ? xmlId : `${section}.${xmlId}`;
    if (used.has(id)) return null;
    used.add(id);
    return id;
  }

  function pages<P extends UnnamedPage>(unnamed: P[], blocks: readonly Block[]): (P & { id: string })[] {
    const taken = new Set<string>();
    // What the file names itself comes first, so that nothing else gets that name.
    const named = unnamed.map(({ division, part }) => {
      const own = part === 1 ? division?.xmlId : null;
      if (!own || taken.has(own) || own.length > LONGEST_ID || !/^[\p{L}\p{N}_.-]+$/u.test(own)) return null;
      taken.add(own);
      return own;
    });
    const kept = unnamed.map(({ from, to }, i) => {
      if (named[i]) return named[i];
      const id = earlier.length > 0 ? sameSection(blocks.slice(from, to), taken) : null;
      if (id) taken.add(id);
      return id;
    });
    return unnamed.map((page, i) => {
      let id = kept[i] ?? null;
      if (!id) {
        const wanted = nameOfPage(page);
        id = wanted;
        // A section of before with this name and other words is the same: what stands at this place was revised.
        for (let n = 2; taken.has(id) || (n > 2 && earlierById.has(id)); n++) id = `${wanted}-${n}`;
        taken.add(id);
      }
      used.add(id);
      return { ...page, id };
    });
  }

  function sameSection(blocks: Block[], taken: ReadonlySet<string>): string | null {
    const votes = new Map<string, number>();
    for (const block of blocks) {
      const sections = homes.get(hashOf(block)) ?? [];
      for (const id of sections) votes.set(id, (votes.get(id) ?? 0) + 1 / sections.length);
    }
    const [best] = [...votes].filter(([id]) => !taken.has(id)).sort((a, b) => b[1] - a[1]);
    if (!best) return null;
    const before = earlierById.get(best[0])?.paragraphs.length ?? 0;
    return best[1] >= SAME_SECTION * Math.min(before, blocks.length) ? best[0] : null;
  }

  /** The ids within a section. */
  function local(section: string, blocks: readonly Block[]) {
    const before = earlierById.get(section)?.paragraphs ?? [];
    const kept = before.length > 0 ? matchParagraphs(blocks, before, hashOf) : new Map<Block, string>();
    for (const id of kept.values()) used.add(id);
    const reserved = new Set(before.map(({ id }) => id));
    const counts = new Map<string, number>();
    let last: string | null = null;
    let notes = 0;
    const next = (prefix: string): string => {
      for (;;) {
        const n = (counts.get(prefix) ?? 0) + 1;
        counts.set(prefix, n);
        const id = `${section}.${prefix}${n}`;
        if (used.has(id) || reserved.has(id)) continue;
        used.add(id);
        return id;
      }
    };
    return {
      ofBlock(block: Block): string {
        const own = block.xmlId !== null ? claim(section, block.xmlId) : null;
        const id = own ?? kept.get(block) ?? afterLast(block) ?? next(prefixOf(block));
        last = id;
        return id;
      },
      ofNote(note: FlowNote): { id: string; label: string } {
        notes++;
        const label = note.label ?? String(notes);
        const own = note.xmlId !== null ? claim(section, note.xmlId) : null;
        const wanted = `${section}.n${/^[\p{L}\p{N}]{1,12}$/u.test(label) ? label : notes}`;
        return { id: own ?? unique(wanted), label };
      },
    };

    /** A paragraph that is new between those of before is called after the one that it follows: p4a. */
    function afterLast(block: Block): string | null {
      if (before.length === 0 || last === null || !isNumbered(block)) return null;
      const stem = /^(.*\.p\d+)[a-z]?$/.exec(last)?.[1];
      if (stem === undefined) return null;
      for (const letter of 'abcdefghijklmnopqrstuvwxyz') {
        const id = stem + letter;
        if (used.has(id) || reserved.has(id)) continue;
        used.add(id);
        return id;
      }
      return null;
    }
  }

  return {
    unique,
    claim,
    pages,
    local,
    /** Whether a section of the revision before began with this paragraph, and the next one was its second. */
    beganPage: (block: Block, next: Block | undefined): boolean =>
      firsts.size > 0 && (firsts.get(hashOf(block))?.has(next && hashOf(next)) ?? false),
  };
}

/** `chapter-3`, `book-2-chapter-3`: the types and numbers of a division and of those around it, else its place. */
function nameOfPage({ division, part, from }: UnnamedPage): string {
  const labels: string[] = [];
  for (let inner = division; inner; inner = inner.parent) labels.unshift(labelOf(inner));
  const path = labels.join('-').slice(0, LONGEST_ID).replace(/-+$/, '');
  const name = path || (from === 0 ? 'text' : `part-${part}`);
  return part > 1 && path ? `${name}-part-${part}` : name;
}

function labelOf(division: DivisionNode): string {
  if (division.xmlId !== null && /^[\p{L}_][\p{L}\p{N}_-]*$/u.test(division.xmlId)) return division.xmlId;
  const kind = slug(division.type ?? '') || (division.name === 'titlePage' ? 'title-page' : 'part');
  const number = slug(division.n ?? '') || (division.isAround ? '' : String(division.ordinal));
  return [kind, number].filter(Boolean).join('-').slice(0, 40);
}

function slug(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
}

function prefixOf(block: Block): string {
  if (isNumbered(block)) return 'p';
  if (block.kind === 'line') return 'l';
  return block.kind === 'head' ? 'h' : 'b';
}

/**
 * Which paragraphs of before these are: those of the same text in the same order, then as many between two of them as
 * there were.
 */
function matchParagraphs(
  blocks: readonly Block[],
  before: readonly { id: string; md5: string }[],
  hashOf: (block: Block) => string,
): Map<Block, string> {
  const places = new Map<string, { all: number[]; next: number }>();
  for (const [i, { md5 }] of before.entries()) {
    const known = places.get(md5);
    if (known) known.all.push(i);
    else places.set(md5, { all: [i], next: 0 });
  }
  const matches: (number | null)[] = blocks.map(() => null);
  let from = 0;
  for (const [i, block] of blocks.entries()) {
    const known = places.get(hashOf(block));
    while (known && (known.all[known.next] ?? from) < from) known.next++;
    const place = known?.all[known.next];
    // A far leap would lose all that is between: a paragraph that was moved up is new there.
    if (place === undefined || place - from > 40 + (blocks.length - i)) continue;
    matches[i] = place;
    from = place + 1;
  }
  const kept = new Map<Block, string>();
  let lastPlace = -1;
  let gap: Block[] = [];
  const closeGap = (place: number): void => {
    if (gap.length === place - lastPlace - 1)
      for (const [k, block] of gap.entries())
        kept.set(block, (before[lastPlace + 1 + k] as { id: string }).id);
    gap = [];
  };
  for (const [i, block] of blocks.entries()) {
    const place = matches[i];
    if (place === null || place === undefined) {
      gap.push(block);
      continue;
    }
    closeGap(place);
    kept.set(block, (before[place] as { id: string }).id);
    lastPlace = place;
  }
  closeGap(before.length);
  return kept;
}
