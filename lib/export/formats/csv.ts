import { stringify } from 'csv-stringify/sync';
import { iriOf, type PassageRow } from '@/lib/annotation';
import { fragmentOf } from '@/lib/canvas';
import type { FormatWriter } from '../format-writer';
import { citationOf, type Lookup, type PassageCitation } from '../lookup';
import type { ExportedAnnotation } from '../spool-reader';

const COLUMNS = [
  ...['id', 'iri', 'parent', 'root', 'author', 'created', 'modified', 'state', 'visibility', 'kind'],
  ...['edition', 'section', 'paragraph', 'page', 'start', 'end', 'passage', 'anchor', 'more passages'],
  ...['canvas', 'region', 'more regions'],
  ...['tags', 'body'],
];
const OPTIONS = { columns: COLUMNS, escape_formulas: true, record_delimiter: 'windows' } as const;
const NOWHERE: PassageCitation = { paragraph: '', page: '' };
/** Lines that are written at a time. */
const LINES = 64;

/**
 * One line an annotation (RFC 4180). It begins with a byte order mark, so that a spreadsheet reads Cyrillic, and a
 * field that a spreadsheet would take for a formula is made plain text (OWASP CSV Injection).
 */
export async function* writeCsv(library: Lookup, total: number): FormatWriter {
  let text = stringify([], { ...OPTIONS, bom: true, header: true });
  let records: unknown[][] = [];
  for (let left = total; left > 0; left--) {
    const row = yield text;
    const [first] = row.passages;
    records.push(recordOf(row, first ? await citationOf(library, first) : await onImage(row)));
    const isFull = records.length === LINES;
    text = isFull ? stringify(records, OPTIONS) : '';
    if (isFull) records = [];
  }
  return text + stringify(records, OPTIONS);

  async function onImage({ regions: [region] }: ExportedAnnotation): Promise<PassageCitation> {
    const canvas = region && (await library.canvas(region.edition, region.canvas));
    return { ...NOWHERE, page: canvas?.page ?? '' };
  }
}

/** The fields of a line, in the order of `COLUMNS`. */
function recordOf(row: ExportedAnnotation, { paragraph, page }: PassageCitation): unknown[] {
  const [first, ...more] = row.passages;
  const [region, ...others] = row.regions;
  const kind = row.parentId === null ? row.kind : 'reply';
  return [
    ...[row.id, iriOf(row), row.parentId ?? '', row.rootId, row.authorName],
    ...[row.createdAt.toISOString(), row.modifiedAt.toISOString(), row.state, row.visibility, kind],
    ...[row.edition, row.section, paragraph, page, first?.start ?? '', first?.end ?? '', first?.exact ?? ''],
    ...[first?.anchor ?? region?.anchor ?? '', more.map(briefly).join('\n')],
    ...[region?.canvas ?? '', region ? (region.svg ?? fragmentOf(region)) : ''],
    others.map((one) => `${one.canvas} ${one.svg ?? fragmentOf(one)}`).join('\n'),
    ...[row.tags.join('; '), row.body],
  ];
}

/** A further passage in a line: where it stands, and its words. */
function briefly({ section, start, end, exact, anchor }: PassageRow): string {
  const where = start === null ? anchor : `${start}-${end}`;
  return `${section} ${where}${exact === null ? '' : ` ${exact.replaceAll('\n', ' ')}`}`;
}
