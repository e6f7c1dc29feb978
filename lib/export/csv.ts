import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify';
import { iriOf, type Row } from '@/lib/annotation';
import { placeFinder } from './places';

const COLUMNS = [
  ...['id', 'iri', 'parent', 'root', 'author', 'created', 'modified', 'state', 'visibility', 'kind'],
  ...['edition', 'section', 'paragraph', 'page', 'start', 'end', 'passage', 'anchor', 'tags', 'body'],
];

/**
 * One line an annotation (RFC 4180). It begins with a byte order mark, so that a spreadsheet reads Cyrillic, and a
 * field that a spreadsheet would take for a formula is made plain text (OWASP CSV Injection).
 */
export async function* csvOf(rows: AsyncIterable<Row>): AsyncGenerator<string> {
  const placeOf = placeFinder();
  async function* records() {
    for await (const row of rows) {
      const place = await placeOf(row);
      yield {
        ...{
          id: row.id,
          iri: iriOf(row),
          parent: row.parentId ?? '',
          root: row.rootId,
          author: row.authorName,
        },
        ...{ created: row.createdAt.toISOString(), modified: row.modifiedAt.toISOString() },
        ...{ state: row.state, visibility: row.visibility, kind: row.parentId === null ? row.kind : 'reply' },
        ...{ edition: row.edition, section: row.section, paragraph: place.paragraph, page: place.page },
        ...{ start: row.start ?? '', end: row.end ?? '', passage: row.exact ?? '', anchor: row.anchor ?? '' },
        ...{ tags: row.tags.join('; '), body: row.body },
      };
    }
  }
  const options = {
    bom: true,
    header: true,
    columns: COLUMNS,
    escape_formulas: true,
    record_delimiter: 'windows',
  };
  for await (const chunk of Readable.from(records()).pipe(stringify(options as object))) yield String(chunk);
}
