import { setImmediate as breathe } from 'node:timers/promises';
import { isTooSlow } from '@/lib/db';
import type { Viewer } from '@/lib/identity/schema';
import { codePointLength } from '@/lib/kernel/code-points';
import { AppError, notFound } from '@/lib/kernel/errors';
import { foldWords, wordPattern } from '@/lib/kernel/word-pattern';
import { findReadableState } from '../access/store';
import {
  type FoundText,
  type ParagraphAt,
  selectParagraphsAt,
  selectTextsWith,
  type TextOffset,
} from './store';

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
  edition: string;
  editionTitle: string;
  section: string;
  /** The section whose page it is on; of a note another than its own. */
  page: string;
  pageTitle: string;
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

type Hit = Omit<FoundPlace, 'paragraph' | 'citation'> & { revision: number; start: number; end: number };

/** What is looked for, and which page of the places: pages count from 1. */
export type TextSearch = { words: string; page: number };

/**
 * Finds words in the whole text of an edition, notes too: capitals, accents and ё are not told apart. The database looks
 * which texts have them, then each is read once.
 *
 * @throws AppError `not_found` for an edition that the viewer may not read; `unavailable` while others search
 */
export async function searchEdition(viewer: Viewer, slug: string, search: TextSearch): Promise<FoundPlaces> {
  if (!(await findReadableState(viewer, slug))) throw notFound();
  return searchTexts(viewer, slug, search);
}

/** As `searchEdition`, in every edition that the viewer may read, by title. */
export function searchLibrary(viewer: Viewer, search: TextSearch): Promise<FoundPlaces> {
  return searchTexts(viewer, null, search);
}

async function searchTexts(
  viewer: Viewer,
  slug: string | null,
  { words, page }: TextSearch,
): Promise<FoundPlaces> {
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
    const { hits, count, isStopped } = await scan(viewer, slug, folded, (page - 1) * PLACES_PAGE);
    return { places: await withParagraphs(hits), count, state: isStopped ? 'stopped' : 'done' };
  } finally {
    underWay--;
  }
}

async function scan(viewer: Viewer, slug: string | null, folded: string, from: number) {
  const pattern = new RegExp(wordPattern(folded, 'javascript'), 'gu');
  const end = performance.now() + LIMIT;
  const hits: Hit[] = [];
  let count = 0;
  const wanted = { slug, pattern: wordPattern(folded, 'postgresql'), milliseconds: LIMIT };
  try {
    for await (const texts of selectTextsWith(viewer, wanted)) {
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
  } catch (error) {
    if (!isTooSlow(error)) throw error;
    return { hits, count, isStopped: true };
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
        edition: found.edition,
        revision: found.revision,
        editionTitle: found.editionTitle,
        pageTitle: found.pageTitle,
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

async function withParagraphs(hits: Hit[]): Promise<FoundPlace[]> {
  const at = hits.map(({ start, ...place }): TextOffset => ({ ...place, offset: start }));
  const paragraphs = at.length > 0 ? await selectParagraphsAt(at) : [];
  return hits.map(({ start, end, revision: _, ...hit }, i) => {
    const paragraph = paragraphs[i] ?? null;
    const last = paragraph && Math.min(end, paragraph.end);
    const citation =
      paragraph && last !== null && last > start
        ? `${paragraph.id}@${start - paragraph.start}-${last - paragraph.start}`
        : null;
    return { ...hit, paragraph, citation };
  });
}
