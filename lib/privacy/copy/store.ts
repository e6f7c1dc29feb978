import { Prisma, queryInBatches } from '@/lib/db';
import { readableEdition, type VisibilityScope } from '@/lib/policy/readable';
import { PERSONAL_DATA } from '../registry';

/** Rows that are read at once. */
const BATCH = 200;

/** A part of the copy: what it is of, and its rows as they are read. */
export type CopiedTable = { name: string; rows: () => AsyncGenerator<Record<string, unknown>[]> };

type Owner = VisibilityScope & { id: string };

/**
 * Every table with rows of a person, by the registry: its rows in which they are named as their own, without secrets. Notes come with
 * their passages, whose words are left out where their edition is closed to the person now, and with their versions; decisions
 * on them without who made them, and without those that only say that a report was dismissed. A version that staff has hidden is
 * nobody's but theirs.
 */
export function copiedTables(viewer: Owner): CopiedTable[] {
  const me = Prisma.sql`${viewer.id}::uuid`;
  const tables: CopiedTable[] = [
    {
      name: 'user',
      rows: () => rowsOf(Prisma.sql`SELECT ${columnsOf('user')} FROM "user" x WHERE x.id = ${me}`),
    },
  ];
  for (const [name, { people = {} }] of Object.entries(PERSONAL_DATA)) {
    const own = Object.keys(people).filter((column) => people[column]?.own && name !== 'user');
    if (own.length === 0) continue;
    const named = own.map((column) => Prisma.sql`x.${identifier(column)} = ${me}`);
    const sql = Prisma.sql`SELECT ${columnsOf(name)} FROM ${identifier(name)} x WHERE ${Prisma.join(named, ' OR ')}`;
    tables.push({ name, rows: () => rowsOf(sql) });
  }
  const ownNotes = Prisma.sql`JOIN annotation a ON a.group_id = x.group_id AND a.id = x.annotation_id AND a.author_id = ${me}`;
  const versions = Prisma.sql`SELECT ${columnsOf('annotation_version')} FROM annotation_version x ${ownNotes}
    WHERE NOT EXISTS (SELECT FROM hidden_version h WHERE h.group_id = x.group_id
      AND h.annotation_id = x.annotation_id AND h.version = x.version)`;
  const passages = Prisma.sql`
    SELECT x.annotation_id, x.position, x.edition, x.section, x.revision, x.start, x."end",
           CASE WHEN ${readableEdition(viewer)} THEN x.exact END AS exact
      FROM passage x ${ownNotes} JOIN edition e ON e.slug = x.edition`;
  const decisions = Prisma.sql`
    SELECT x.annotation_id, x.action, x.reason, x.before, x.after, x.version, x.created_at FROM decision x ${ownNotes}
    WHERE x.action <> 'approve' OR x.before <> x.after`;
  return [
    ...tables,
    { name: 'annotation_version', rows: () => rowsOf(versions) },
    { name: 'passage', rows: () => rowsOf(passages) },
    { name: 'decision_on_own', rows: () => rowsOf(decisions) },
  ];
}

const rowsOf = (sql: Prisma.Sql) => queryInBatches<Record<string, unknown>>(sql, BATCH);
const identifier = (name: string) => Prisma.raw(`"${name}"`);

/** The columns of a table that its person is given. */
function columnsOf(table: string): Prisma.Sql {
  const { people = {}, words = {}, rest = '' } = PERSONAL_DATA[table] ?? {};
  const columns = [...rest.split(' ').filter(Boolean), ...Object.keys(people), ...Object.keys(words)];
  return Prisma.join(columns.map((column) => Prisma.sql`x.${identifier(column)}`));
}
