import { stringify } from 'csv-stringify/sync';
import type { FormatWriter } from '../format-writer';
import type { Lookup } from '../lookup';
import { exportTranslator, type RenderContext } from '../render-context';
import type { Separator } from '../schema';
import { COLUMNS, recordOf } from './annotation-record';
import { cellText, LONGEST_CELL } from './spreadsheet-cell';

const DELIMITERS: Record<Separator, string> = { comma: ',', semicolon: ';', tab: '\t' };
/** Records that are serialised at a time. */
const BATCH = 64;
/** A formula is escaped with one character more. */
const LONGEST_FIELD = LONGEST_CELL - 1;

/**
 * One record for each annotation (RFC 4180), its fields parted by `separator`. The file begins with a byte order mark, so
 * that spreadsheets read it as UTF-8; a field that a spreadsheet would evaluate as a formula is escaped (OWASP CSV
 * Injection). A spreadsheet would break a longer field than a cell holds over several: it is cut, and says where all of it is.
 */
export async function* writeCsv(
  renderContext: RenderContext,
  lookup: Lookup,
  separator: Separator,
): FormatWriter {
  const t = exportTranslator(renderContext);
  const options = {
    columns: COLUMNS,
    delimiter: DELIMITERS[separator],
    escape_formulas: true,
    record_delimiter: 'windows',
  } as const;
  let text = stringify([], { ...options, bom: true, header: true });
  let records: unknown[][] = [];
  for (let left = renderContext.total; left > 0; left--) {
    const row = yield text;
    const address = renderContext.iris.annotations + row.id;
    const fields = await recordOf(lookup, row);
    records.push(
      fields.map((field) => (typeof field === 'string' ? cellText(t, field, address, LONGEST_FIELD) : field)),
    );
    const isFull = records.length === BATCH;
    text = isFull ? stringify(records, options) : '';
    if (isFull) records = [];
  }
  return text + stringify(records, options);
}
