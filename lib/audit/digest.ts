import { createHash } from 'node:crypto';

/** What an entry says: digests by column of a row of the log `source`; `amends` is the entry that it replaces columns of. */
export type EntryContent = { source: string; amends: number | null; digests: Record<string, string> };

/** The values of a column that say nothing, as JSON in PostgreSQL's writing; an entry leaves them out. */
const EMPTY_VALUES = new Set(['null', '""', 'false', '0', '[]', '{}']);

/** The SHA-256 of a text in UTF-8, in hexadecimal digits. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Whether a column says nothing; `value` is its JSON as PostgreSQL writes jsonb. */
export function isEmptyValue(value: string): boolean {
  return EMPTY_VALUES.has(value);
}

/** The digest of a column; `value` is its JSON as PostgreSQL writes jsonb. */
export function digestColumn(salt: string, column: string, value: string): string {
  return sha256(`${salt}\n${column}\n${value}`);
}

/** The digest of what an entry says: its log, what it amends, and a line for each column in the order of code points. */
export function digestContent({ source, amends, digests }: EntryContent): string {
  const lines = Object.keys(digests)
    .sort()
    .map((column) => `\n${column} ${digests[column]}`);
  return sha256(`${source}\n${amends ?? ''}${lines.join('')}`);
}

/** What the first entry of a chain follows: `chain` is the id of the group, or the nil UUID. */
export function firstHash(chain: string): string {
  return sha256(`scholion ${chain}`);
}

/** The hash of an entry: of the hash before it, its number, and the digest of what it says. */
export function chainHash(previous: string, number: number, content: string): string {
  return sha256(`${previous}\n${number}\n${content}`);
}
