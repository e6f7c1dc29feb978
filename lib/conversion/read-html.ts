import type { Comment, Element, ElementContent, Root } from 'hast';
import rehypeParse from 'rehype-parse';
import { unified } from 'unified';
import { AppError } from '@/lib/kernel/errors';
import { leaveOutGutenberg } from './gutenberg-html';
import type { NoticeList } from './notices';
import { BOUNDS, type ConversionMetadata } from './schema';
import {
  depthOf,
  elementsOf,
  isElement,
  leaveOut,
  mark,
  placeOf,
  propertyOf,
  semanticsOf,
  textOf,
} from './source-tree';
import { languageOf } from './tei/state';
import { parseXhtml } from './xhtml';

export type HtmlDocument = {
  /** The body, as the only child of a root. */
  root: Root;
  head: Element | undefined;
  language: string | undefined;
};

/** The tree of an HTML or XHTML document. XHTML that is not well-formed is read as browsers read HTML. */
export function parseHtml(source: string): HtmlDocument {
  requireBoundedMarkup(source);
  const tree = (isXhtml(source) ? parseXhtml(source) : null) ?? parseAsBrowser(source);
  if (depthOf(tree) > BOUNDS.nesting) throw tooDeep();
  const all = [...elementsOf(tree)];
  const html = all.find(({ tagName }) => tagName === 'html');
  const body = all.find(({ tagName }) => tagName === 'body' || tagName === 'frameset');
  const language = [body, html].map((node) => node && languageOf(node)).find((tag) => tag !== undefined);
  return {
    root: { type: 'root', children: body ? [{ ...body, tagName: 'div' }] : tree.children },
    head: all.find(({ tagName }) => tagName === 'head'),
    language,
  };
}

export function tooDeep(): AppError {
  return new AppError('too_large', 'Parts of this file stand inside one another more than {levels} deep.', {
    values: { levels: BOUNDS.nesting },
  });
}

const parser = unified().use(rehypeParse).freeze();

function parseAsBrowser(source: string): Root {
  try {
    return parser.parse(source);
  } catch (error) {
    // The parser recurses; a tree that is deeper than the stack is beyond the bound anyway.
    if (error instanceof RangeError) throw tooDeep();
    throw error;
  }
}

function isXhtml(source: string): boolean {
  const start = source.slice(0, 2_000);
  return /^\s*<\?xml\b/.test(start) || /<html\b[^>]*xmlns\s*=/.test(start);
}

/** Elements whose end tag may be missing (HTML §13.1.2.4), or that have none (§13.1.2). */
const UNCLOSED = new Set(
  `area base basefont bgsound body br caption col colgroup dd dt embed frame head hr html image img input keygen li link
   meta optgroup option p param rb rp rt rtc source tbody td tfoot th thead tr track wbr`.split(/\s+/),
);
/** Elements that are open without an end, at most. A browser's parser looks through all of them at each tag. */
const MOST_OPEN = 1_000;

/** Refuses markup that opens far more elements than it closes, before a parser takes the square of their number. */
export function requireBoundedMarkup(source: string): void {
  let open = 0;
  for (const [, slash, name = '', close] of source.matchAll(/<(\/?)([a-z][^\s/<>]*)(?:[^<>]*?(\/?)>)?/gi)) {
    if (UNCLOSED.has(name.toLowerCase()) || close === '/') continue;
    open = Math.max(0, open + (slash === '/' ? -1 : 1));
    if (open > MOST_OPEN) throw tooDeep();
  }
}

/** What is no text of the document, and goes without a word. */
const UNSEEN = new Set(['script', 'style', 'template', 'meta', 'link', 'base', 'title', 'head']);

/**
 * Prepares the tree of an HTML document: takes out what is no text (scripts, styles), leaves out navigation and what
 * Project Gutenberg adds, and marks where printed pages begin.
 */
export function prepareHtml(root: Root, notices: NoticeList, file = ''): void {
  removeUnseen(root, notices, file);
  leaveOutGutenberg(root);
  for (const node of elementsOf(root)) {
    if (node.data?.leftOut) continue;
    const reason = isNavigation(node) ? 'navigation' : pageOf(node) ? 'page-number' : null;
    if (reason === null) continue;
    if (reason === 'page-number') mark(node, { page: pageOf(node) ?? {} });
    leaveOut(node, reason);
  }
}

function removeUnseen(node: Root | Element, notices: NoticeList, file: string): void {
  const kept = node.children.filter((child) => {
    if (child.type !== 'text' && child.type !== 'element') return false;
    if (!isElement(child) || !UNSEEN.has(child.tagName)) return true;
    // In SVG a title is a description, and a text of the document.
    if (child.tagName === 'title' && isElement(node as Element) && (node as Element).tagName !== 'head')
      return true;
    if (['script', 'style', 'template'].includes(child.tagName))
      notices.add({
        kind: 'left-out',
        element: child.tagName,
        reason: child.tagName,
        place: placeOf(child, file),
      });
    return false;
  });
  node.children = kept as (ElementContent & Comment)[];
  for (const child of node.children) if (isElement(child)) removeUnseen(child, notices, file);
}

function isNavigation(node: Element): boolean {
  return (
    node.tagName === 'nav' || semanticsOf(node).some((word) => word === 'navigation' || word === 'doc-toc')
  );
}

const PAGE_BREAK = /^(?:pagebreak|doc-pagebreak|page-?num(?:ber)?s?|pageno|pb|x-ebookmaker-pageno)$/;

/** The printed page that an element begins, or null: EPUB and DPUB-ARIA page breaks, Gutenberg's `pagenum`. */
function pageOf(node: Element): { n?: string } | null {
  if (!semanticsOf(node).some((word) => PAGE_BREAK.test(word))) return null;
  const said = textOf(node).trim();
  if (said.length > 30) return null;
  const label =
    said || propertyOf(node, 'title') || propertyOf(node, 'ariaLabel') || propertyOf(node, 'id') || '';
  const [n] = /\d+[\p{L}]?|\b[ivxlcdm]+\b/iu.exec(label.replace(/^page[_-]?/i, '')) ?? [];
  return n === undefined ? {} : { n };
}

/** What an HTML document says of itself in its head. */
export function htmlMetadata({ head, language }: HtmlDocument): ConversionMetadata {
  const nodes = head ? [...elementsOf(head)] : [];
  const metas = nodes.filter(({ tagName }) => tagName === 'meta');
  const valuesOf = (...names: string[]) =>
    metas
      .filter((node) =>
        names.includes((propertyOf(node, 'name') ?? propertyOf(node, 'property') ?? '').toLowerCase()),
      )
      .map((node) => collapse(propertyOf(node, 'content') ?? ''))
      .filter((value) => value !== '');
  const title = nodes.find(({ tagName }) => tagName === 'title');
  const licence = nodes.find((node) => (propertyOf(node, 'rel') ?? '').split(' ').includes('license'));
  return {
    title: valuesOf('dc.title', 'dcterms.title')[0] ?? (collapse(title ? textOf(title) : '') || null),
    authors: [...new Set(valuesOf('author', 'dc.creator', 'dcterms.creator', 'citation_author'))],
    language: language ?? valuesOf('dc.language', 'dcterms.language')[0] ?? null,
    licence: valuesOf('dc.rights', 'dcterms.rights')[0] ?? (licence && propertyOf(licence, 'href')) ?? null,
    date: valuesOf('dc.date', 'dcterms.created', 'dcterms.issued')[0] ?? null,
  };
}

function collapse(value: string): string {
  return value.replace(/\s+/g, ' ').trim();
}
