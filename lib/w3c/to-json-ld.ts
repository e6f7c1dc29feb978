import { iriOf, type Row } from '@/lib/annotation';
import { config } from '@/lib/config';
import { motivationOf } from './motivation';
import { ANNO_CONTEXT } from './schema';

/** Our own properties have absolute IRIs, so that the context stays the W3C's alone. */
const OURS = 'urn:scholion:';

/** The IRI of a section as the source of passages (design.md, Public surface). */
export function sourceOf(edition: string, section: string): string {
  return `${config().address}/editions/${edition}/${section}`;
}

/** The IRI of a group's container, with its slash (Web Annotation Protocol §4.1). */
export function containerOf(groupSlug: string): string {
  return `${config().address}/groups/${groupSlug}/annotations/`;
}

/**
 * An annotation in JSON-LD (W3C Web Annotation Data Model §3). A passage is a SpecificResource with a quote and a
 * position selector; a reply's target is what it answers. A tombstone has no body. Without its context where it
 * stands inside a page.
 */
export function toJsonLd(row: Row, { embedded = false } = {}): Record<string, unknown> {
  return {
    ...(!embedded && { '@context': ANNO_CONTEXT }),
    id: iriOf(row),
    type: 'Annotation',
    motivation: row.parentId === null ? motivationOf(row.kind) : 'replying',
    creator: { id: `${config().address}/people/${row.authorId}`, type: 'Person', name: row.authorName },
    created: row.createdAt.toISOString(),
    modified: row.modifiedAt.toISOString(),
    ...(row.body !== '' && { body: bodiesOf(row) }),
    target: targetOf(row),
    [`${OURS}kind`]: row.kind,
    [`${OURS}visibility`]: row.visibility,
    [`${OURS}state`]: row.state,
  };
}

function bodiesOf(row: Row): unknown {
  const text = { type: 'TextualBody', value: row.body, format: 'text/markdown', purpose: 'commenting' };
  const tags = row.tags.map((value) => ({ type: 'TextualBody', value, purpose: 'tagging' }));
  return tags.length > 0 ? [text, ...tags] : text;
}

function targetOf(row: Row): unknown {
  if (row.parentId !== null) return iriOf({ groupSlug: row.groupSlug, id: row.parentId });
  const source = sourceOf(row.edition, row.section);
  if (row.exact === null) return source;
  const quote = {
    type: 'TextQuoteSelector',
    exact: row.exact,
    prefix: row.prefix ?? '',
    suffix: row.suffix ?? '',
  };
  const position =
    row.start === null ? [] : [{ type: 'TextPositionSelector', start: row.start, end: row.end ?? row.start }];
  return { type: 'SpecificResource', source, selector: [quote, ...position] };
}
