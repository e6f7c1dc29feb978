import type { Element as SourceElement } from 'hast';
import type { ElementContent } from 'xast';
import type { NoticeList } from '../notices';
import { propertyOf, type SourceNode } from '../source-tree';
import type { LinkIds } from './link-ids';

/** What a conversion to TEI keeps while it goes through a tree. */
export type TeiState = {
  notices: NoticeList;
  ids: LinkIds;
  /** Ids of link targets that wait for the next element which can have one. */
  pendingIds: string[];
  /** The bodies of notes that were placed at their anchors. */
  placedNotes: Set<SourceElement>;
  /** The content of an element that has text or blocks (blocks.ts): notes stand inside of lines, and have blocks. */
  flow(nodes: SourceNode[], context: TeiContext): ElementContent[];
};

/** Where a conversion stands. `language` and `direction` hold in the source, the `out…` ones in the TEI so far. */
export type TeiContext = {
  language: string | undefined;
  outLanguage: string | undefined;
  direction: string | undefined;
  outDirection: string | undefined;
  /** Whether paragraphs of lines are verse here. */
  isVerse: boolean;
  /** Whether headings begin divisions here: not in quotations, cells, items, notes. */
  canDivide: boolean;
  /** Whether line feeds are line breaks here. */
  isPreformatted: boolean;
};

/** The context inside a source element, with its own language and direction. */
export function enter(context: TeiContext, node: SourceElement): TeiContext {
  const language = languageOf(node);
  const direction = propertyOf(node, 'dir')?.toLowerCase();
  if (language === undefined && direction === undefined) return context;
  return {
    ...context,
    language: language ?? context.language,
    direction: direction === 'rtl' || direction === 'ltr' ? direction : context.direction,
  };
}

/** A language tag of an element that is one (BCP 47), in its usual form. */
export function languageOf(node: SourceElement): string | undefined {
  return languageTag(propertyOf(node, 'xmlLang') ?? propertyOf(node, 'xml:lang') ?? propertyOf(node, 'lang'));
}

/** The canonical form of a BCP 47 tag; undefined where the text is none. */
export function languageTag(value: string | undefined): string | undefined {
  const tag = value?.trim().replaceAll('_', '-');
  if (!tag) return undefined;
  try {
    return Intl.getCanonicalLocales(tag)[0];
  } catch {
    return undefined;
  }
}
