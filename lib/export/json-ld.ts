import { ANNO_CONTEXT, containerOf, toJsonLd } from '@/lib/w3c';
import type { Selection } from './selection';

/** A group as an export speaks of it. */
export type Subject = { slug: string; name: string };

/**
 * A W3C AnnotationCollection with one page that holds everything (Web Annotation Data Model §5), replies
 * included. `total` stands before the items, so that a file that breaks off is seen to be broken.
 */
export async function* jsonLdOf({ slug, name }: Subject, selection: Selection): AsyncGenerator<string> {
  const id = containerOf(slug);
  const total = selection.entries.length;
  const head = { '@context': ANNO_CONTEXT, id, type: 'AnnotationCollection', label: name, total };
  const page = { id: `${id}?export`, type: 'AnnotationPage', partOf: id, startIndex: 0 };
  yield `${JSON.stringify(head).slice(0, -1)},"first":${JSON.stringify(page).slice(0, -1)},"items":[`;
  let separator = '\n';
  for await (const row of selection.rows()) {
    yield separator + JSON.stringify(toJsonLd(row, { embedded: true }));
    separator = ',\n';
  }
  yield '\n]}}\n';
}

/** A Web Annotation a line, each whole by itself, with its context. */
export async function* jsonLinesOf(selection: Selection): AsyncGenerator<string> {
  for await (const row of selection.rows()) yield `${JSON.stringify(toJsonLd(row))}\n`;
}
