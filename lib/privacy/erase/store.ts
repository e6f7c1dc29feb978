import { Prisma, type Tx } from '@/lib/db';
import { EDITION_TABLES, PERSONAL_DATA } from '../registry';
import type { ErasureMarks } from '../schema';

/** What an erasure puts in the place of a person: `ghost` is the id of somebody whom nothing is known of. */
export type Marks = ErasureMarks & { ghost: string };

/** The tables that the walk through all texts leaves out, each with a reason. */
const UNTOUCHED = [
  // Immutable, and nothing of an account is in them.
  ...EDITION_TABLES,
  // Digests alone.
  ...['audit_entry', 'audit_head', '_prisma_migrations'],
  // Steps of their own.
  ...['annotation', 'erasure', 'user'],
];

const name = (table: string) => Prisma.raw(`"${table.replaceAll('"', '""')}"`);
const among = (column: string, ids: string[]) => Prisma.sql`${name(column)} = ANY(${ids}::uuid[])`;

/**
 * Empties what a person wrote in rows that stay, and has every column that names them name the ghost, or its row go; by the
 * registry. Gives the number of rows.
 */
export async function eraseByRegistry(tx: Tx, { ids, ghost }: Marks): Promise<number> {
  let rows = 0;
  const nullable = await selectNullable(tx);
  for (const [table, { people = {}, words = {} }] of Object.entries(PERSONAL_DATA)) {
    for (const [column, { by }] of Object.entries(words)) {
      if (by === 'nobody' || people[by]?.erasure !== 'replaced') continue;
      const empty = nullable.has(`${table}.${column}`) ? Prisma.sql`NULL` : Prisma.sql`''`;
      await tx.$executeRaw`UPDATE ${name(table)} SET ${name(column)} = ${empty} WHERE ${among(by, ids)}`;
    }
    for (const [column, { erasure }] of Object.entries(people))
      rows +=
        erasure === 'row'
          ? await tx.$executeRaw`DELETE FROM ${name(table)} WHERE ${among(column, ids)}`
          : await tx.$executeRaw`UPDATE ${name(table)} SET ${name(column)} = ${ghost}::uuid WHERE ${among(column, ids)}`;
  }
  return rows;
}

async function selectNullable(tx: Tx): Promise<Set<string>> {
  const rows = await tx.$queryRaw<{ name: string }[]>`
    SELECT c.relname || '.' || a.attname AS name FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
     WHERE c.relnamespace = 'public'::regnamespace AND a.attnum > 0 AND NOT a.attnotnull AND NOT a.attisdropped`;
  return new Set(rows.map((row) => row.name));
}

type TextColumn = { table: string; column: string; type: 'text' | 'list' | 'json' | 'jsonb' };

/** Every column of every table that can hold words, but of those left out. */
function selectTextColumns(tx: Tx): Promise<TextColumn[]> {
  return tx.$queryRaw<TextColumn[]>`
    SELECT c.relname AS "table", a.attname AS "column",
           CASE WHEN y.typname IN ('json', 'jsonb') THEN y.typname::text WHEN y.typcategory = 'A' THEN 'list' ELSE 'text' END AS type
      FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_type y ON y.oid = a.atttypid
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped
       AND y.typname IN ('text', 'varchar', '_text', '_varchar', 'json', 'jsonb') AND c.relname <> ALL(${UNTOUCHED})
     ORDER BY c.relname, a.attnum`;
}

/** The marks as parts of regular expressions; an address that nobody has where there is none. */
function patternsOf({ ids, emails, ghost, former }: Marks) {
  const addresses = emails.map((email) => email.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
  return { ids: ids.join('|'), addresses: addresses || '(?!)', ghost, former };
}

/**
 * Takes the marks of a person out of every text of every table, whoever wrote it: mentions, ids, e-mail addresses. Gives the
 * number of rows. Notes get another version, since their ETag is made from it.
 */
export async function scrubTexts(tx: Tx, marks: Marks): Promise<number> {
  const { ids, addresses, ghost, former } = patternsOf(marks);
  const any = `${ids}|${addresses}`;
  const scrubbed = (content: Prisma.Sql) =>
    Prisma.sql`without_marks(${content}, ${ids}, ${ghost}, ${addresses}, ${former})`;
  const list = (column: Prisma.Sql) => Prisma.sql`ARRAY(SELECT ${scrubbed(Prisma.sql`x.item`)}
    FROM unnest(${column}) WITH ORDINALITY AS x(item, place) ORDER BY x.place)`;
  let rows = 0;
  for (const { table, column, type } of await selectTextColumns(tx)) {
    const own = name(column);
    const value =
      type === 'text'
        ? scrubbed(own)
        : type === 'list'
          ? list(own)
          : Prisma.sql`${scrubbed(Prisma.sql`${own}::text`)}::${Prisma.raw(type)}`;
    rows += await tx.$executeRaw`UPDATE ${name(table)} SET ${own} = ${value} WHERE ${own}::text ~* ${any}`;
  }
  const columns = ['body', 'received', 'reason'].map(name);
  rows += await tx.$executeRaw`
    UPDATE ${name('annotation')} SET version = version + 1, tags = ${list(name('tags'))}, origins = ${list(name('origins'))},
           ${Prisma.join(columns.map((column) => Prisma.sql`${column} = ${scrubbed(column)}`))}
     WHERE concat_ws(' ', body, received, reason, tags::text, origins::text) ~* ${any}`;
  return rows;
}

/** Invitations to the addresses of a person, and links that were mailed to them. */
export async function deleteAddresses(tx: Tx, { emails }: Marks): Promise<void> {
  await tx.$executeRaw`DELETE FROM ${name('email_invitation')} WHERE lower(email) = ANY(${emails})`;
  await tx.$executeRaw`
    UPDATE ${name('content_notice')} SET name = '', email = '', why = '' WHERE lower(email) = ANY(${emails})`;
  await tx.$executeRaw`DELETE FROM ${name('verification_token')} WHERE lower(identifier) = ANY(${emails})`;
}

/** Puts somebody whom nothing is known of in the place of a person, whose accounts go. */
export async function insertGhost(tx: Tx, { ghost, former }: Marks): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO ${name('user')} (id, name, deactivated_at, deleted_at) VALUES (${ghost}::uuid, ${former}, now(), now())`;
}

export async function deleteUsers(tx: Tx, { ids }: Marks): Promise<void> {
  await tx.$executeRaw`DELETE FROM ${name('user')} WHERE id = ANY(${ids}::uuid[])`;
}
