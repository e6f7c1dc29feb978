import type { Key, Locale, Translate } from '@/lib/i18n';
import { type CompiledMessages, makeTranslate } from '@/lib/i18n/translate';
import type { IndexEntry } from './snapshot';

/** A thread as one reads it. */
export type ExportThread = {
  /** What it begins with answers a note that is not among these. */
  isAnswer: boolean;
  passages: IndexEntry['passages'];
  isOnImage: boolean;
  /** How deep each of its notes answers: the first has 0. */
  depths: number[];
};

/** A section with the threads on it, in the order of their passages; `title` null where the text lost it. */
export type Chapter = { edition: string; section: string; title: string | null; threads: ExportThread[] };

/** What the formats are of that go by passages: plain data, which can be sent to another thread. */
export type RenderContext = {
  /** The name of the group. */
  name: string;
  /** What the IRIs of its notes begin with, and those of their authors; their ids follow. */
  iris: { notes: string; people: string };
  locale: Locale;
  /** The words of exports in that language. */
  messages: CompiledMessages;
  chapters: Chapter[];
  /** How many notes they have. */
  total: number;
};

/** How many notes chapters have. */
export function countAnnotations(chapters: Chapter[]): number {
  return chapters.reduce(
    (sum, { threads }) => threads.reduce((notes, { depths }) => notes + depths.length, sum),
    0,
  );
}

export type ExportTranslate = Translate<Key<'export'>>;

/** The words in which a discussion is put. */
export function exportTranslator({ locale, messages }: RenderContext): ExportTranslate {
  return makeTranslate(locale, messages);
}
