import { parse } from 'csv-parse/sync';
import { emailSchema, personNameSchema } from '@/lib/identity/schema';
import { AppError } from '@/lib/kernel/errors';
import type { Role } from '@/lib/policy';
import { roleSchema } from '../schema';

/** Lines of a class list, at most. */
const MOST_LINES = 2_000;

/** A person of a class list. `line` counts from 1, with the header. */
export type RosterEntry = { line: number; email: string; role: Role };
/** A line that cannot be taken, and why: an English sentence, which the edge translates. */
export type WrongLine = { line: number; why: string };

type Cells = { info: { lines: number }; record: string[] };

/**
 * The people of a class list: CSV (RFC 4180) with comma, semicolon or tab, whose first line names the columns `email`,
 * `name` and `role` in any order; the last two may be missing. A repeated address is wrong.
 * Throws invalid where it is no such list, too_large beyond its bound.
 */
export function parseRoster(text: string): { entries: RosterEntry[]; wrong: WrongLine[] } {
  const records = read(text);
  const [head, ...rows] = records;
  const columns = (head?.record ?? []).map((name) => name.trim().toLowerCase());
  const at = {
    email: columns.indexOf('email'),
    name: columns.indexOf('name'),
    role: columns.indexOf('role'),
  };
  if (at.email < 0) {
    throw new AppError('invalid', 'The first line has to name the columns: email, name, role.');
  }
  if (rows.length > MOST_LINES) {
    throw new AppError('too_large', 'A class list has at most {most} lines.', {
      values: { most: MOST_LINES },
    });
  }
  const entries: RosterEntry[] = [];
  const wrong: WrongLine[] = [];
  const seen = new Set<string>();
  for (const { info, record } of rows) {
    if (record.every((cell) => cell.trim() === '')) continue;
    const line = info.lines;
    const cell = (column: number) => (column < 0 ? '' : (record[column] ?? '').trim());
    const email = emailSchema.safeParse(cell(at.email)).data;
    const role = roleSchema.safeParse(cell(at.role).toLowerCase() || 'student').data;
    const name = cell(at.name);
    if (!email) wrong.push({ line, why: 'This is no e-mail address.' });
    else if (!role) wrong.push({ line, why: 'There is no such role.' });
    else if (name !== '' && !personNameSchema.safeParse(name).success)
      wrong.push({ line, why: 'This name is too long, or more than one line.' });
    else if (seen.has(email)) wrong.push({ line, why: 'This address is in the list already.' });
    else entries.push({ line, email, role });
    if (email) seen.add(email);
  }
  return { entries, wrong };
}

/** The separator is the one that the first line has. */
function read(text: string): Cells[] {
  const body = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const [first = ''] = body.split(/\r\n|\r|\n/, 1);
  const delimiter = [',', ';', '\t'].find((separator) => first.includes(separator)) ?? ',';
  try {
    if (body.includes('\u0000') || !body.isWellFormed()) throw notText();
    return parse(body, {
      delimiter,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      to: MOST_LINES + 2,
    }) as unknown as Cells[];
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError(
      'invalid',
      'This is not a list in CSV: a quotation mark is not closed, or stands wrong.',
    );
  }
}

function notText(): AppError {
  return new AppError('invalid', 'This has a character that is not text.');
}
