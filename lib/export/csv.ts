import { stringify } from 'csv-stringify/sync';
import { iriOf, type Passage, type Row } from '@/lib/annotation';
import { fragmentOf } from '@/lib/canvas';
import { canvasFinder, type Place, placeFinder } from './places';
import type { Writing } from './writing';

const COLUMNS = [
  ...['id', 'iri', 'parent', 'root', 'author', 'created', 'modified', 'state', 'visibility', 'kind'],
  ...['edition', 'section', 'paragraph', 'page', 'start', 'end', 'passage', 'anchor', 'more passages'],
  ...['canvas', 'region', 'more regions'],
  ...['tags', 'body'],
];
const OPTIONS = { columns: COLUMNS, escape_formulas: true, record_delimiter: 'windows' } as const;
const NOWHERE: Place = { paragraph: '', page: '' };
/** Lines that are written at a time. */
const LINES = 64;

/**
 * One line an annotation (RFC 4180). It begins with a byte order mark, so that a spreadsheet reads Cyrillic, and a
 * field that a spreadsheet would take for a formula is made plain text (OWASP CSV Injection).
 */
export async function* writeCsv(total: number): Writing {
  const placeOf = placeFinder();
  const canvasOf = canvasFinder();
  let text = stringify([], { ...OPTIONS, bom: true, header: true });
  let records: Record<string, unknown>[] = [];
  for (let left = total; left > 0; left--) {
    const row = yield text;
    const [first] = row.passages;
    records.push(recordOf(row, first ? await placeOf(first) : await onImage(row)));
    const isFull = records.length === LINES;
    text = isFull ? stringify(records, OPTIONS) : '';
    if (isFull) records = [];
  }
  return text + stringify(records, OPTIONS);

  async function onImage({ regions: [region] }: Row): Promise<Place> {
    const canvas = region && (await canvasOf(region.edition, region.canvas));
    return { ...NOWHERE, page: canvas?.page ?? '' };
  }
}

function recordOf(row: Row, { paragraph, page }: Place): Record<string, unknown> {
  const [first, ...more] = row.passages;
  const [region, ...others] = row.regions;
  return {
    ...{ id: row.id, iri: iriOf(row), parent: row.parentId ?? '', root: row.rootId, author: row.authorName },
    ...{ created: row.createdAt.toISOString(), modified: row.modifiedAt.toISOString() },
    ...{ state: row.state, visibility: row.visibility, kind: row.parentId === null ? row.kind : 'reply' },
    ...{ edition: row.edition, section: row.section, paragraph, page },
    ...{
      start: first?.start ?? '',
      end: first?.end ?? '',
      passage: first?.exact ?? '',
      anchor: first?.anchor ?? region?.anchor ?? '',
    },
    ...{ tags: row.tags.join('; '), body: row.body },
    'more passages': more.map(briefly).join('\n'),
    ...{ canvas: region?.canvas ?? '', region: region ? (region.svg ?? fragmentOf(region)) : '' },
    'more regions': others.map((one) => `${one.canvas} ${one.svg ?? fragmentOf(one)}`).join('\n'),
  };
}

/** A further passage in a line: where it stands, and its words. */
function briefly({ section, start, end, exact, anchor }: Passage): string {
  const where = start === null ? anchor : `${start}-${end}`;
  return `${section} ${where}${exact === null ? '' : ` ${exact.replaceAll('\n', ' ')}`}`;
}
