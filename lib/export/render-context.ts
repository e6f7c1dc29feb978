import type { Key, Locale, Translate } from '@/lib/i18n';
import { type CompiledMessages, makeTranslate } from '@/lib/i18n/translate';
import type { IndexEntry } from './snapshot';

/** A thread in reading order. */
export type ExportThread = {
  /** It begins with a reply, because the parent of that is not part of the export. */
  isReply: boolean;
  passages: IndexEntry['passages'];
  hasRegions: boolean;
  /** The depth of each of its annotations; the first has 0. */
  depths: number[];
};

/** A section with its threads in the order of their passages. `title` is null where the current revision has no such section. */
export type Chapter = { edition: string; section: string; title: string | null; threads: ExportThread[] };

/** What the formats in reading order need: plain data, so that a worker can be sent it. */
export type RenderContext = {
  /** The name of the group. */
  name: string;
  /** Prefixes of the IRIs of annotations and of authors; an id completes them. */
  iris: { annotations: string; people: string };
  locale: Locale;
  /** The messages of exports in that language. */
  messages: CompiledMessages;
  chapters: Chapter[];
  /** Number of annotations in all chapters. */
  total: number;
};

/** Number of annotations in `chapters`. */
export function countAnnotations(chapters: Chapter[]): number {
  return chapters.reduce(
    (sum, { threads }) => threads.reduce((count, { depths }) => count + depths.length, sum),
    0,
  );
}

export type ExportTranslate = Translate<Key<'export'>>;

/** The translator of an export. */
export function exportTranslator({ locale, messages }: RenderContext): ExportTranslate {
  return makeTranslate(locale, messages);
}
