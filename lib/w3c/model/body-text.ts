import type { Image, Link, PhrasingContent, Text } from 'mdast';
import remarkStringify from 'remark-stringify';
import { unified } from 'unified';
import { BODY_LIMIT } from '@/lib/annotation/constants';
import { motivationName } from '../motivation';
import type { IncomingAnnotation } from '../schema';
import type { Node } from './class-rules';
import {
  type HtmlConverter,
  htmlToMarkdown,
  knownMarkdown,
  MAX_HTML_TAGS,
  type TagBudget,
} from './html-to-markdown';
import { partNameOf } from './kind-parts';

const MAX_TAGS = 20;
const MAX_TAG_LENGTH = 100;
/** Marks where a text was truncated; the whole text is in the received annotation. */
const ELLIPSIS = '\n\n[…]';

/**
 * The bodies of a valid annotation as Markdown and tags: text unchanged, HTML converted, an external resource as a link,
 * the first item of a Choice and all items of another list (W3C Web Annotation Data Model §3.2). The text is '' where
 * there is none, and at most BODY_LIMIT UTF-16 units long; tags over the limits of our own annotations are dropped.
 * HTML takes some tens of milliseconds unless `convertHtml` had it before.
 */
export function bodyTextOf(
  { bodyValue, body, motivation }: IncomingAnnotation,
  convert: HtmlConverter = knownMarkdown,
): { body: string; tags: string[] } {
  const named = names(motivation);
  // §3.2.5: a bodyValue has no purpose. A text without a purpose has that of the motivation.
  const onlyTags = named.length > 0 && named.every((name) => name === 'tagging');
  const context: BodyContext = { onlyTags, html: { tags: MAX_HTML_TAGS }, convert };
  const words = [body ?? []].flat().filter((part) => partNameOf(part) === null);
  const parts = words.map((part) => bodyPartsOf(part, context));
  const texts = [bodyValue ?? [], ...parts.map(({ texts }) => texts)].flat();
  const tags = parts
    .flatMap((part) => part.tags)
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '' && tag.length <= MAX_TAG_LENGTH);
  const whole = texts.filter((text) => text.trim() !== '').join('\n\n');
  return { body: truncate(whole), tags: [...new Set(tags)].slice(0, MAX_TAGS) };
}

type BodyParts = { texts: string[]; tags: string[] };
type BodyContext = { onlyTags: boolean; html: TagBudget; convert: HtmlConverter };

function bodyPartsOf(part: unknown, context: BodyContext): BodyParts {
  if (typeof part === 'string') return { texts: [linkTo(part, null, false)], tags: [] };
  const node = part as Node;
  const items = Array.isArray(node.items) ? node.items : node.items === undefined ? null : [node.items];
  if (items) {
    const chosen = has(node, 'Choice') ? items.slice(0, 1) : items;
    const all = chosen.map((item) => bodyPartsOf(item, context));
    return { texts: all.flatMap(({ texts }) => texts), tags: all.flatMap(({ tags }) => tags) };
  }
  const purposes = names(node.purpose);
  const textual = typeof node.value === 'string';
  const tagging = purposes.includes('tagging') || (purposes.length === 0 && textual && context.onlyTags);
  const alsoText = !tagging || purposes.some((name) => name !== 'tagging');
  return {
    texts: alsoText ? [resourceText(node, context)] : [],
    tags: tagging ? [tagOf(node, context)] : [],
  };
}

/** §4.1: the purpose belongs to the specific resource, the text to its source. */
function resourceText(node: Node, context: BodyContext): string {
  const { source } = node;
  if (typeof source === 'string') return linkTo(source, null, false);
  if (typeof source === 'object' && source !== null) return resourceText(source as Node, context);
  if (typeof node.value === 'string') return textIn(node, context);
  return typeof node.id === 'string' ? linkTo(node.id, labelOf(node), has(node, 'Image')) : '';
}

function tagOf(node: Node, context: BodyContext): string {
  const { source } = node;
  if (typeof node.value === 'string') return textIn(node, context);
  const named = (typeof source === 'object' && source !== null ? source : node) as Node;
  return labelOf(named) ?? String(typeof source === 'string' ? source : (named.id ?? ''));
}

function textIn({ value, format }: Node, context: BodyContext): string {
  return isHtml(format) || (format === undefined && isMarkedUp(value as string))
    ? htmlToMarkdown(value as string, context.html, context.convert)
    : (value as string);
}

function isHtml(format: unknown): boolean {
  return [format]
    .flat()
    .some((type) => typeof type === 'string' && /^(text\/html|application\/xhtml\+xml)\b/i.test(type));
}

/**
 * Whether a text without a format is HTML: a block of it from its first character to its last (IIIF Presentation API 3
 * §4.3), as editors of mirador-annotations and Recogito Studio write it. A line of Markdown or of TEI is not.
 */
function isMarkedUp(value: string): boolean {
  return /^\s*<(p|div|ul|ol|h[1-6]|blockquote|span|table)\b[^<>]*>[\s\S]*<\/\1>\s*$/i.test(value);
}

/** The label of a resource in RDFS, FOAF, schema.org or Dublin Core; null where there is none. */
function labelOf(node: Node): string | null {
  const label = ['label', 'name', 'rdfs:label', 'schema:name', 'dc:title', 'dcterms:title', 'title']
    .flatMap((name) => [node[name] ?? []].flat())
    .find((value) => typeof value === 'string' && value.trim() !== '');
  return typeof label === 'string' ? label.replace(/\s+/g, ' ').trim() : null;
}

const writer = unified().use(remarkStringify).freeze();

/** A link or an image in Markdown, escaped; plain text where the address is not http(s). */
function linkTo(iri: string, label: string | null, image: boolean): string {
  const text: Text = { type: 'text', value: label ?? iri };
  const link: Link = { type: 'link', url: iri, children: [text] };
  const picture: Image = { type: 'image', url: iri, alt: label ?? '' };
  const shown: PhrasingContent = !/^https?:/i.test(iri) ? text : image ? picture : link;
  return writer.stringify({ type: 'root', children: [{ type: 'paragraph', children: [shown] }] }).trim();
}

/** `text`, truncated to BODY_LIMIT at a grapheme boundary. */
function truncate(text: string): string {
  if (text.length <= BODY_LIMIT) return text;
  const end = new Intl.Segmenter().segment(text).containing(BODY_LIMIT - ELLIPSIS.length)?.index ?? 0;
  return text.slice(0, end) + ELLIPSIS;
}

function names(motivations: unknown): string[] {
  return [motivations ?? []].flat().map((given) => motivationName(given as string | { id: string }));
}

function has(node: Node, name: string): boolean {
  return [node.type].flat().includes(name);
}
