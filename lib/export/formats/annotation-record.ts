import { iriOf } from '@/lib/annotation';
import { fragmentOf } from '@/lib/canvas';
import type { PassageRow } from '@/lib/target';
import { citationOf, type Lookup, type PassageCitation } from '../lookup';
import type { ExportedAnnotation } from '../spool-reader';

/** The columns of a table of annotations. */
export const COLUMNS = [
  ...['id', 'iri', 'parent', 'root', 'author', 'created', 'modified', 'state', 'visibility', 'kind'],
  ...['edition', 'section', 'paragraph', 'page', 'start', 'end', 'passage', 'anchor', 'more passages'],
  ...['canvas', 'region', 'more regions', 'reference'],
  ...['reading', 'citation', 'citation address'],
  ...['tags', 'body'],
];

const NO_CITATION: PassageCitation = { paragraph: '', reference: '', page: '' };

/** An annotation as a record of a table, in the order of `COLUMNS`: '' where there is nothing. */
export async function recordOf(lookup: Lookup, row: ExportedAnnotation): Promise<(string | number)[]> {
  const [first, ...morePassages] = row.passages;
  const [region, ...moreRegions] = row.regions;
  const citation = first ? citationOf(lookup, first) : canvasCitation(lookup, row);
  const { paragraph, reference, page } = await citation;
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
    ...[row.reading ?? '', row.citation ?? '', row.citationAddress ?? ''],
    ...[row.tags.join('; '), row.body],
  ];
}

async function canvasCitation(
  lookup: Lookup,
  { regions: [region] }: ExportedAnnotation,
): Promise<PassageCitation> {
  const canvas = region && (await lookup.canvas(region.edition, region.canvas));
  return { ...NO_CITATION, page: canvas?.page ?? '' };
}

/** A further passage in one line: section, range or anchor state, and quote. */
function summaryOf({ section, start, end, exact, anchor }: PassageRow): string {
  const where = start === null ? anchor : `${start}-${end}`;
  return `${section} ${where}${exact === null ? '' : ` ${exact.replaceAll('\n', ' ')}`}`;
}
