import { type AnnotationRow, type CollectionPage, iriOf } from '@/lib/annotation';
import { config } from '@/lib/config';
import { containerIri } from './iris';
import { ANNO_CONTEXT, LDP_CONTEXT } from './schema';
import { toJsonLd } from './to-json-ld';

/** Annotations on a page of a container. */
export const PAGE_SIZE = 100;

/** The container of a group, or of all groups (null). With `iris` its pages have IRIs, else whole annotations. */
export type Collection = { group: string | null; label: string; iris: boolean };

/**
 * The position of a page in a collection: `number` counts from 0, and `after` is the id of the last annotation before
 * it. The page begins after that id, so that writes and deletions meanwhile do not shift it.
 */
export type PagePosition = { number: number; after: string | null };

/** The IRI of a collection. The collection with IRIs on its pages has an IRI of its own (Protocol §4.2). */
export function collectionIri({ group, iris }: Pick<Collection, 'group' | 'iris'>): string {
  const container = group === null ? `${config().address}/annotations/` : containerIri(group);
  return iris ? `${container}?iris=1` : container;
}

function pageIri(collection: Collection, { number, after }: PagePosition): string {
  const iri = collectionIri(collection);
  return `${iri}${collection.iris ? '&' : '?'}page=${number}${after ? `&after=${after}` : ''}`;
}

/**
 * A container as an AnnotationCollection (Web Annotation Protocol §4.2, Data Model §5.1). `rows` are the annotations
 * of the embedded first page (ignored for a collection of IRIs); null for a minimal container, without it (§4.2.2).
 */
export function toCollection(
  collection: Collection,
  listed: CollectionPage,
  rows: AnnotationRow[] | null,
): object {
  const { total, modified, lastAfter } = listed;
  const first = { number: 0, after: null };
  const last = { number: Math.max(0, Math.ceil(total / PAGE_SIZE) - 1), after: lastAfter };
  return {
    '@context': [ANNO_CONTEXT, LDP_CONTEXT],
    id: collectionIri(collection),
    type: ['BasicContainer', 'AnnotationCollection'],
    label: collection.label,
    total,
    ...(modified && { modified: modified.toISOString() }),
    ...(total > 0 && {
      first: rows
        ? { ...pageOf(collection, first, listed, rows), partOf: collectionIri(collection) }
        : pageIri(collection, first),
      last: pageIri(collection, last),
    }),
  };
}

/** A page of a collection by itself (Web Annotation Protocol §4.3, Data Model §5.2). */
export function toPage(
  collection: Collection,
  position: PagePosition,
  listed: CollectionPage,
  rows: AnnotationRow[],
): object {
  const { total, modified } = listed;
  const { id, type, ...rest } = pageOf(collection, position, listed, rows);
  return {
    '@context': ANNO_CONTEXT,
    id,
    type,
    partOf: {
      id: collectionIri(collection),
      type: 'AnnotationCollection',
      label: collection.label,
      total,
      ...(modified && { modified: modified.toISOString() }),
    },
    ...rest,
  };
}

function pageOf(
  collection: Collection,
  { number, after }: PagePosition,
  { total, start, ids, groups, beforeAfter }: CollectionPage,
  rows: AnnotationRow[],
) {
  const before = beforeAfter === null ? 0 : Math.max(1, number - 1);
  return {
    id: pageIri(collection, { number, after }),
    type: 'AnnotationPage',
    startIndex: start,
    ...(start > 0 && { prev: pageIri(collection, { number: before, after: beforeAfter }) }),
    ...(start + ids.length < total && {
      next: pageIri(collection, { number: number + 1, after: ids.at(-1) ?? after }),
    }),
    items: collection.iris
      ? ids.map((id, n) => iriOf({ id, groupSlug: groups[n] as string }))
      : rows.map((row) => toJsonLd(row, { embedded: true })),
  };
}
