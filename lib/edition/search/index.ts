import { setImmediate as breathe } from 'node:timers/promises';
import type { Viewer } from '@/lib/identity/schema';
import { codePointLength } from '@/lib/kernel/code-points';
import { AppError, notFound } from '@/lib/kernel/errors';
import { foldWords, wordPattern } from '@/lib/kernel/word-pattern';
import { findReadableState } from '../access/store';
import { type FoundText, type ParagraphAt, selectParagraphsAt, selectTextsWith } from './store';

/** Places on a page of results. */
export const PLACES_PAGE = 50;
/** Places that are counted, at most. */
export const MOST_PLACES = 1000;
/** The longest words that are searched for, in code points. */
export const LONGEST_SEARCH = 100;
/** Letters that are searched for, at least. */
const SHORTEST = 2;
/** Milliseconds after which a search is given up. */
const LIMIT = 5_000;
/** Searches under way in this process, at most: each keeps a connection of the database. */
const MOST_AT_ONCE = 2;
/** Characters around the words that are shown. */
const AROUND = 70;

let underWay = 0;

/** A place where the words stand, with what is before and after them. */
export type FoundPlace = {
  section: string;
  /** The section whose page it is on; of a note another than its own. */
  page: string;
  /** A note's printed number; null for the text itself. */
  label: string | null;
  title: string;
  language: string;
  before: string;
  words: string;
  after: string;
  paragraph: ParagraphAt | null;
  /** Names the words in an address (`?c=`), in code points of their paragraph. */
  citation: string | null;
};

export type FoundPlaces = {
  places: FoundPlace[];
  /** How many there are, up to MOST_PLACES. */
  count: number;
  /** `short`: too few letters to look for; `stopped`: it took too long. */
  state: 'done' | 'short' | 'stopped';
};

type Hit = Omit<FoundPlace, 'paragraph' | 'citation'> & { start: number; end: number };

/**
 * Finds words in the whole text of an edition, notes too: capitals, accents and ё are not told apart. The database looks
 * which texts have them, then each is read once. Pages count from 1.
 *
 * @throws AppError `not_found` for an edition that the viewer may not read; `unavailable` while others search
 */
export async function searchEdition(
  viewer: Viewer,
  slug: string,
  { words, page }: { words: string; page: number },
): Promise<FoundPlaces> {
  const state = await findReadableState(viewer, slug);
  if (!state) throw notFound();
  const { revision } = state;
  const folded = foldWords([...words].slice(0, LONGEST_SEARCH).join(''));
  if (codePointLength(folded.replace(/[^\p{L}\p{N}]/gu, '')) < SHORTEST)
    return { places: [], count: 0, state: 'short' };
  if (underWay >= MOST_AT_ONCE)
    throw new AppError(
      'unavailable',
      'Several others are at this just now. Try again in {seconds} seconds.',
      {
        values: { seconds: LIMIT / 1000 },
        headers: { 'Retry-After': String(LIMIT / 1000) },
      },
    );
  underWay++;
  try {
    const from = (page - 1) * PLACES_PAGE;
    const { hits, count, isStopped } = await scan(slug, revision, folded, from);
    const places = await withParagraphs(slug, revision, hits);
    return { places, count, state: isStopped ? 'stopped' : 'done' };
  } finally {
    underWay--;
  }
}

async function scan(slug: string, revision: number, folded: string, from: number) {
  const pattern = new RegExp(wordPattern(folded, 'javascript'), 'gu');
  const end = performance.now() + LIMIT;
  const hits: Hit[] = [];
  let count = 0;
  for await (const texts of selectTextsWith(slug, revision, wordPattern(folded, 'postgresql'))) {
    for (const found of texts) {
      for (const hit of hitsIn(found, pattern)) {
        if (count >= from && hits.length < PLACES_PAGE) hits.push(hit());
        count++;
        if (count === MOST_PLACES) return { hits, count, isStopped: false };
      }
      await breathe();
      if (performance.now() > end) return { hits, count, isStopped: true };
    }
  }
  return { hits, count, isStopped: false };
}

/** The places in one text; each is worked out only where it is shown. */
function* hitsIn({ text, ...found }: FoundText, pattern: RegExp): Generator<() => Hit> {
  let [unit, point] = [0, 0];
  for (const match of text.matchAll(pattern)) {
    const { index } = match;
    const [words] = match;
    yield () => {
      point += codePointLength(text.slice(unit, index));
      unit = index;
      return {
        section: found.id,
        page: found.home ?? found.id,
        label: found.label,
        title: found.title,
        language: found.language,
        before: tidy(text.slice(Math.max(0, index - AROUND), index), 'before', index > AROUND),
        words: words.replaceAll('\n', ' '),
        after: tidy(
          text.slice(index + words.length, index + words.length + AROUND),
          'after',
          index + words.length + AROUND < text.length,
        ),
        start: point,
        end: point + codePointLength(words),
      };
    };
  }
}

/** Words around a place, without the piece of a word or of a character where they were cut off. */
function tidy(around: string, side: 'before' | 'after', isCut: boolean): string {
  const line = around.replaceAll('\n', ' ');
  if (!isCut) return line;
  return side === 'before' ? `…${line.replace(/^\S*\s?/u, '')}` : `${line.replace(/\s?\S*$/u, '')}…`;
}

async function withParagraphs(slug: string, revision: number, hits: Hit[]): Promise<FoundPlace[]> {
  const at = hits.map(({ section, start }) => ({ section, offset: start }));
  const paragraphs = at.length > 0 ? await selectParagraphsAt(slug, revision, at) : [];
  return hits.map(({ start, end, ...hit }, i) => {
    const paragraph = paragraphs[i] ?? null;
    const last = paragraph && Math.min(end, paragraph.end);
    const citation =
      paragraph && last !== null && last > start
        ? `${paragraph.id}@${start - paragraph.start}-${last - paragraph.start}`
        : null;
    return { ...hit, paragraph, citation };
  });
}
