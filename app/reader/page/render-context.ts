import type { Correction, Direction, Edition, Section, Span } from '@/lib/edition/schema';
import type { Key, Translate } from '@/lib/i18n';

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
  const uniqueId = (wanted: string) => {
    let id = wanted;
    for (let i = 2; taken.has(id); i++) id = `${wanted}-${i}`;
    taken.add(id);
    return id;
  };
  const entryIds = new Map<Correction | Span, string>();
  for (const { id, corrections, spans } of sections) {
    for (const correction of corrections) entryIds.set(correction, uniqueId(`${id}.c${correction.start}`));
    for (const span of spans) if (hasReadings(span)) entryIds.set(span, uniqueId(`${id}.a${span.start}`));
  }
  return { ...context, uniqueId, entryIds, pictureUrl: (url) => shownUrl(url, hosts) };
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
