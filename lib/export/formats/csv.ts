import { stringify } from 'csv-stringify/sync';
import { iriOf } from '@/lib/annotation';
import { fragmentOf } from '@/lib/canvas';
import type { PassageRow } from '@/lib/target';
import type { FormatWriter } from '../format-writer';
import { citationOf, type Lookup, type PassageCitation } from '../lookup';
import type { ExportedAnnotation } from '../spool-reader';

const COLUMNS = [
  ...['id', 'iri', 'parent', 'root', 'author', 'created', 'modified', 'state', 'visibility', 'kind'],
  ...['edition', 'section', 'paragraph', 'page', 'start', 'end', 'passage', 'anchor', 'more passages'],
  ...['canvas', 'region', 'more regions', 'reference'],
  ...['tags', 'body'],
];
const OPTIONS = { columns: COLUMNS, escape_formulas: true, record_delimiter: 'windows' } as const;
const NO_CITATION: PassageCitation = { paragraph: '', reference: '', page: '' };
/** Records that are serialised at a time. */
const BATCH = 64;

/**
 * One record for each annotation (RFC 4180). The file begins with a byte order mark, so that spreadsheets read it as
 * UTF-8; a field that a spreadsheet would evaluate as a formula is escaped (OWASP CSV Injection).
 */
export async function* writeCsv(lookup: Lookup, total: number): FormatWriter {
  let text = stringify([], { ...OPTIONS, bom: true, header: true });
  let records: unknown[][] = [];
  for (let left = total; left > 0; left--) {
    const row = yield text;
    const [first] = row.passages;
    records.push(recordOf(row, first ? await citationOf(lookup, first) : await canvasCitation(row)));
    const isFull = records.length === BATCH;
    text = isFull ? stringify(records, OPTIONS) : '';
    if (isFull) records = [];
  }
  return text + stringify(records, OPTIONS);

  async function canvasCitation({ regions: [region] }: ExportedAnnotation): Promise<PassageCitation> {
    const canvas = region && (await lookup.canvas(region.edition, region.canvas));
    return { ...NO_CITATION, page: canvas?.page ?? '' };
  }
}

/** The fields of a record, in the order of `COLUMNS`. */
function recordOf(row: ExportedAnnotation, { paragraph, reference, page }: PassageCitation): unknown[] {
  const [first, ...morePassages] = row.passages;
  const [region, ...moreRegions] = row.regions;
  const kind = row.parentId === null ? row.kind : 'reply';
  return [
    ...[row.id, iriOf(row), row.parentId ?? '', row.rootId, row.authorName],
    ...[row.createdAt.toISOString(), row.modifiedAt.toISOString(), row.state, row.visibility, kind],
    ...[row.edition, row.section, paragraph, page],
    ...[first?.start ?? '', first?.end ?? '', first?.exact ?? ''],
    ...[first?.anchor ?? region?.anchor ?? '', morePassages.map(summaryOf).join('\n')],
    ...[region?.canvas ?? '', region ? (region.svg ?? fragmentOf(region)) : ''],
    moreRegions.map((other) => `${other.canvas} ${other.svg ?? fragmentOf(other)}`).join('\n'),
    reference,
    ...[row.tags.join('; '), row.body],
  ];
}

/** A further passage in one line: section, range or anchor state, and quote. */
function summaryOf({ section, start, end, exact, anchor }: PassageRow): string {
  const where = start === null ? anchor : `${start}-${end}`;
  return `${section} ${where}${exact === null ? '' : ` ${exact.replaceAll('\n', ' ')}`}`;
}
