import type { Image, Link, PhrasingContent, Text } from 'mdast';
import remarkStringify from 'remark-stringify';
import { unified } from 'unified';
import { BODY_LIMIT } from '@/lib/annotation/schema';
import { motivationName } from '../motivation';
import type { IncomingAnnotation } from '../schema';
import type { Node } from './class-rules';
import { htmlToMarkdown, MAX_HTML_TAGS as MOST_HTML_TAGS, type TagBudget } from './html-to-markdown';

const MOST_TAGS = 20;
const LONGEST_TAG = 100;
/** Where a text was cut: the whole is in the annotation as it came. */
const CUT = '\n\n[…]';

/**
 * What a valid annotation says, for pages that show Markdown and tags: texts as they are, HTML converted, a resource
 * elsewhere as a link, the first of a Choice and all of another list (W3C Web Annotation Data Model §3.2). The body
 * is '' where there is none, and no longer than BODY_LIMIT in UTF-16 units; tags are those that a note of ours may have.
 */
export function bodyTextOf({ bodyValue, body, motivation }: IncomingAnnotation): {
  body: string;
  tags: string[];
} {
  const named = names(motivation);
  // §3.2.5: nothing is inferred for a bodyValue. For a text without a purpose the motivation says what it is for.
  const onlyTags = named.length > 0 && named.every((name) => name === 'tagging');
  const reader: BodyContext = { onlyTags, html: { tags: MOST_HTML_TAGS } };
  const said = [body ?? []].flat().map((part) => bodyPartsOf(part, reader));
  const texts = [bodyValue ?? [], ...said.map(({ texts }) => texts)].flat();
  const tags = said
    .flatMap((part) => part.tags)
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '' && tag.length <= LONGEST_TAG);
  const whole = texts.filter((text) => text.trim() !== '').join('\n\n');
  return { body: cut(whole), tags: [...new Set(tags)].slice(0, MOST_TAGS) };
}

type BodyParts = { texts: string[]; tags: string[] };
type BodyContext = { onlyTags: boolean; html: TagBudget };

function bodyPartsOf(part: unknown, reader: BodyContext): BodyParts {
  if (typeof part === 'string') return { texts: [linkTo(part, null, false)], tags: [] };
  const node = part as Node;
  const items = Array.isArray(node.items) ? node.items : node.items === undefined ? null : [node.items];
  if (items) {
    const chosen = has(node, 'Choice') ? items.slice(0, 1) : items;
    const all = chosen.map((item) => bodyPartsOf(item, reader));
    return { texts: all.flatMap(({ texts }) => texts), tags: all.flatMap(({ tags }) => tags) };
  }
  const purposes = names(node.purpose);
  const textual = typeof node.value === 'string';
  const tagging = purposes.includes('tagging') || (purposes.length === 0 && textual && reader.onlyTags);
  const alsoText = !tagging || purposes.some((name) => name !== 'tagging');
  return {
    texts: alsoText ? [textOfOne(node, reader)] : [],
    tags: tagging ? [tagOf(node, reader)] : [],
  };
}

/** §4.1: what a resource is used for, is said of the specific resource; what it says, by its source. */
function textOfOne(node: Node, reader: BodyContext): string {
  const { source } = node;
  if (typeof source === 'string') return linkTo(source, null, false);
  if (typeof source === 'object' && source !== null) return textOfOne(source as Node, reader);
  if (typeof node.value === 'string') return textIn(node, reader);
  return typeof node.id === 'string' ? linkTo(node.id, labelOf(node), has(node, 'Image')) : '';
}

function tagOf(node: Node, reader: BodyContext): string {
  const { source } = node;
  if (typeof node.value === 'string') return textIn(node, reader);
  const named = (typeof source === 'object' && source !== null ? source : node) as Node;
  return labelOf(named) ?? String(typeof source === 'string' ? source : (named.id ?? ''));
}

function textIn({ value, format }: Node, reader: BodyContext): string {
  return isHtml(format) ? htmlToMarkdown(value as string, reader.html) : (value as string);
}

function isHtml(format: unknown): boolean {
  return [format]
    .flat()
    .some((type) => typeof type === 'string' && /^(text\/html|application\/xhtml\+xml)\b/i.test(type));
}

/** The label that people read, where there is one: of RDFS, FOAF, schema.org or Dublin Core. */
function labelOf(node: Node): string | null {
  const given = ['label', 'name', 'rdfs:label', 'schema:name', 'dc:title', 'dcterms:title', 'title']
    .flatMap((name) => [node[name] ?? []].flat())
    .find((label) => typeof label === 'string' && label.trim() !== '');
  return typeof given === 'string' ? given.replace(/\s+/g, ' ').trim() : null;
}

const writer = unified().use(remarkStringify).freeze();

/** A link or an image in Markdown, escaped; the bare text where the address is not one of the web. */
function linkTo(iri: string, label: string | null, image: boolean): string {
  const text: Text = { type: 'text', value: label ?? iri };
  const link: Link = { type: 'link', url: iri, children: [text] };
  const picture: Image = { type: 'image', url: iri, alt: label ?? '' };
  const shown: PhrasingContent = !/^https?:/i.test(iri) ? text : image ? picture : link;
  return writer.stringify({ type: 'root', children: [{ type: 'paragraph', children: [shown] }] }).trim();
}

/** `text`, or as much of it as a note may have: no letter is cut from its accents. */
function cut(text: string): string {
  if (text.length <= BODY_LIMIT) return text;
  const end = new Intl.Segmenter().segment(text).containing(BODY_LIMIT - CUT.length)?.index ?? 0;
  return text.slice(0, end) + CUT;
}

function names(motivations: unknown): string[] {
  return [motivations ?? []].flat().map((given) => motivationName(given as string | { id: string }));
}

function has(node: Node, name: string): boolean {
  return [node.type].flat().includes(name);
}
