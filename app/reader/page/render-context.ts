import type { Correction, Direction, Edition, Section, Span } from '@/lib/edition/schema';
import type { Key, Translate } from '@/lib/i18n';

/** Pieces that are written before others may get their turn: a millisecond's work. */
const PIECES_PER_STEP = 100;

/** What the parts of a reading page are rendered with. */
export type PageContext = {
  edition: Edition;
  /** Id of the section that the page is for; its notes are on the same page. */
  page: string;
  t: Translate<Key<'reading'>>;
};

/** What the text itself is rendered with. It is made once for a page, because ids must be unique on it. */
export type TextContext = PageContext & {
  /** An id for an element that is not of the edition: the wanted one, or with a number where that is taken. */
  uniqueId: (wanted: string) => string;
  /** Ids of the entries in the lists below the text. */
  entryIds: ReadonlyMap<Correction | Span, string>;
  /** Whether others should get their turn before the next piece is written. */
  isTurn: () => boolean;
  /** The address of a picture that the page may show; null for one of another site, which is a link. */
  pictureUrl: (url: string) => string | null;
};

/** Where a piece of text stands: what it need not say again. */
export type InlineContext = {
  context: TextContext;
  language: string;
  direction: Direction;
  /** Where the paragraph begins and ends: a line break there breaks nothing, a picture stands apart. */
  start: number;
  end: number;
  /** Offsets of line breaks inside a word. */
  broken: ReadonlySet<number>;
  isInLink: boolean;
};

/** The context of a page that shows `sections`. `hosts` are the origins from which pictures may be shown. */
export function createTextContext(
  context: PageContext,
  sections: Section[],
  hosts: readonly string[],
): TextContext {
  const taken = new Set(
    sections.flatMap(({ id, paragraphs, spans }) => [
      id,
      ...paragraphs.map((paragraph) => paragraph.id),
      ...spans.flatMap((span) => span.id ?? []),
    ]),
  );
  /** The next number to try, so that a thousand pages of one number are not counted from two on each time. */
  const numbers = new Map<string, number>();
  const uniqueId = (wanted: string) => {
    let id = wanted;
    let number = numbers.get(wanted) ?? 2;
    while (taken.has(id)) id = `${wanted}-${number++}`;
    numbers.set(wanted, number);
    taken.add(id);
    return id;
  };
  const entryIds = new Map<Correction | Span, string>();
  for (const { id, corrections, spans } of sections) {
    for (const correction of corrections) entryIds.set(correction, uniqueId(`${id}.c${correction.start}`));
    for (const span of spans) if (hasReadings(span)) entryIds.set(span, uniqueId(`${id}.a${span.start}`));
  }
  let written = 0;
  const isTurn = () => ++written % PIECES_PER_STEP === 0;
  return { ...context, uniqueId, entryIds, isTurn, pictureUrl: (url) => shownUrl(url, hosts) };
}

/** Whether a range has other readings beside it, which the list below the text gives. */
export function hasReadings({ kind, details }: Span): boolean {
  return kind === 'app' && (details.readings ?? []).length > 0;
}

/** A picture of this site, or of a host that the page's Content Security Policy names. */
function shownUrl(url: string, hosts: readonly string[]): string | null {
  if (/^\/(?!\/)/.test(url)) return url;
  const origin = URL.canParse(url) ? new URL(url).origin : null;
  return origin !== null && hosts.includes(origin) ? url : null;
}
