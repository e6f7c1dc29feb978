import { stringify } from 'csv-stringify/sync';
import type { FormatWriter } from '../format-writer';
import type { Lookup } from '../lookup';
import type { Separator } from '../schema';
import { COLUMNS, recordOf } from './annotation-record';

const DELIMITERS: Record<Separator, string> = { comma: ',', semicolon: ';', tab: '\t' };
/** Records that are serialised at a time. */
const BATCH = 64;

/**
 * One record for each annotation (RFC 4180), its fields parted by `separator`. The file begins with a byte order mark, so
 * that spreadsheets read it as UTF-8; a field that a spreadsheet would evaluate as a formula is escaped (OWASP CSV
 * Injection).
 */
export async function* writeCsv(lookup: Lookup, total: number, separator: Separator): FormatWriter {
  const options = {
    columns: COLUMNS,
    delimiter: DELIMITERS[separator],
    escape_formulas: true,
    record_delimiter: 'windows',
  } as const;
  let text = stringify([], { ...options, bom: true, header: true });
  let records: unknown[][] = [];
  for (let left = total; left > 0; left--) {
    records.push(await recordOf(lookup, yield text));
    const isFull = records.length === BATCH;
    text = isFull ? stringify(records, options) : '';
    if (isFull) records = [];
  }
  return text + stringify(records, options);
}
