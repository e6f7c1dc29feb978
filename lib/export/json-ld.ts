import type { Row } from '@/lib/annotation';
import { ANNO_CONTEXT, containerOf, toJsonLd } from '@/lib/w3c';

/**
 * A W3C AnnotationCollection with one page that holds everything (Web Annotation Data Model §5), replies
 * included, streamed. `total` stands before the items, so that a file that breaks off is seen to be broken.
 */
export async function* jsonLdOf(
  group: { slug: string; name: string },
  total: number,
  rows: AsyncIterable<Row>,
): AsyncGenerator<string> {
  const id = `${containerOf(group.slug)}`;
  const head = { '@context': ANNO_CONTEXT, id, type: 'AnnotationCollection', label: group.name, total };
  const page = { id: `${id}?export`, type: 'AnnotationPage', partOf: id, startIndex: 0 };
  yield `${JSON.stringify(head).slice(0, -1)},"first":${JSON.stringify(page).slice(0, -1)},"items":[`;
  let separator = '\n';
  for await (const row of rows) {
    yield separator + JSON.stringify(toJsonLd(row, { embedded: true }));
    separator = ',\n';
  }
  yield '\n]}}\n';
}
