import type { Row } from '@/lib/annotation';
import { ANNO_CONTEXT, LDP_CONTEXT } from './schema';
import { toJsonLd } from './to-json-ld';

/** Annotations on a page of a container. */
export const PAGE_SIZE = 100;

type Holding = { total: number; modified: Date | null };

/**
 * A container as an AnnotationCollection (W3C Web Annotation Protocol §4.2, Model §5.1). `items` embeds the first
 * page; left out, the collection names it only.
 */
export function toCollection(iri: string, label: string, { total, modified }: Holding, items?: Row[]) {
  const first = `${iri}?page=0`;
  const last = `${iri}?page=${Math.max(0, Math.ceil(total / PAGE_SIZE) - 1)}`;
  return {
    '@context': [ANNO_CONTEXT, LDP_CONTEXT],
    id: iri,
    type: ['BasicContainer', 'AnnotationCollection'],
    label,
    total,
    ...(modified && { modified: modified.toISOString() }),
    ...(total > 0 && { first: items ? toPage(iri, 0, { total, modified }, items, true) : first, last }),
  };
}

/** Page `number` (from 0) of a collection (Model §5.2). `embedded` within the collection itself. */
export function toPage(
  iri: string,
  number: number,
  { total, modified }: Holding,
  items: Row[],
  embedded = false,
) {
  const page = (n: number) => `${iri}?page=${n}`;
  return {
    ...(!embedded && { '@context': ANNO_CONTEXT }),
    id: page(number),
    type: 'AnnotationPage',
    ...(!embedded && {
      partOf: {
        ...{ id: iri, type: 'AnnotationCollection', total },
        ...(modified && { modified: modified.toISOString() }),
      },
    }),
    startIndex: number * PAGE_SIZE,
    ...(number > 0 && { prev: page(number - 1) }),
    ...((number + 1) * PAGE_SIZE < total && { next: page(number + 1) }),
    items: items.map((row) => toJsonLd(row, { embedded: true })),
  };
}
