import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type SourceFile, sourceFiles } from './source-files';
import { FOREIGN_READS, ownersBySqlName } from './table-owners';

const owners = ownersBySqlName();

type TableUse = { table: string; writes: boolean };

/** The literals of a file: SQL stands in templates, and in strings where it has no parameters. */
function literalsOf(code: string): string[] {
  return [...code.matchAll(/`((?:[^`\\]|\\.)*)`|'((?:[^'\\\n]|\\.)*)'/gs)].map(
    ([, template, text]) => template ?? text ?? '',
  );
}

/** The tables that a literal reads and writes. Names of subqueries and functions are no tables, and are passed over. */
function tablesIn(sql: string): TableUse[] {
  const uses: TableUse[] = [];
  const add = (name: string | undefined, writes: boolean) => {
    if (name !== undefined && owners.has(name)) uses.push({ table: name, writes });
  };
  for (const [, name] of sql.matchAll(/\b(?:UPDATE(?: ONLY)?|INSERT INTO|DELETE FROM|TRUNCATE)\s+"?(\w+)"?/g))
    add(name, true);
  for (const [, name] of sql.matchAll(/\b(?:(?<!DELETE )FROM|JOIN|USING)\s+"?(\w+)"?/g)) add(name, false);
  // FROM a, b: what stands after a comma is read as well.
  for (const [, list = ''] of sql.matchAll(
    /(?<!DELETE )\bFROM\s+([^()`]*?)(?=\b(?:WHERE|JOIN|ORDER|GROUP|LIMIT)\b|[()]|$)/g,
  ))
    for (const item of list.split(',').slice(1)) add(/^\s*"?(\w+)"?/.exec(item)?.[1], false);
  return uses;
}

function usesOf(file: Pick<SourceFile, 'code'>): TableUse[] {
  return literalsOf(file.code).flatMap(tablesIn);
}

/** Every use of a table that is neither its owner's nor allowed, in words. */
function faultsOf(file: SourceFile): string[] {
  return usesOf(file).flatMap(({ table, writes }) => {
    const owner = owners.get(table);
    if (owner === file.room) return [];
    if (writes) return [`${file.path} writes ${table} of ${owner}`];
    if (FOREIGN_READS[file.room]?.tables.includes(table)) return [];
    return [`${file.path} reads ${table} of ${owner}`];
  });
}

const rooms = sourceFiles.filter(({ path }) => path.startsWith('lib/') && !path.startsWith('lib/db/'));

describe('the SQL of the rooms', () => {
  it('was seen', () => {
    assert.ok(owners.size >= 30, `only ${owners.size} tables were seen`);
    assert.ok(![...owners.values()].includes('nobody'), 'a table has no owner');
    const withSql = rooms.filter((file) => usesOf(file).length > 0);
    assert.ok(withSql.length >= 12, `only ${withSql.length} files with SQL were seen`);
    const uses = rooms.flatMap(usesOf);
    assert.ok(uses.filter(({ writes }) => writes).length >= 12, 'too few writes were seen');
    assert.ok(uses.filter(({ writes }) => !writes).length >= 60, 'too few reads were seen');
  });

  it('writes the tables of its own room, and reads others only where the list says why', () => {
    assert.deepEqual(rooms.flatMap(faultsOf), []);
  });

  it('has no reason left for a read that is no longer there', () => {
    const unused = Object.entries(FOREIGN_READS).flatMap(([room, { tables }]) => {
      const read = new Set(
        rooms.filter((file) => file.room === room).flatMap((file) => usesOf(file).map(({ table }) => table)),
      );
      return tables.filter((table) => !read.has(table)).map((table) => `${room}: ${table}`);
    });
    assert.deepEqual(unused, []);
  });

  it('would be caught at each of these', () => {
    const planted = (room: string, code: string) => faultsOf({ path: `lib/${room}/store.ts`, room, code });
    const breaches: [string, string][] = [
      ['moderation', 'await tx.$executeRaw`UPDATE annotation SET state = 1`'],
      ['thread', 'await query(Prisma.sql`SELECT a.id FROM annotation a`)'],
      ['export', 'await query(Prisma.sql`SELECT 1 FROM section s JOIN "user" u ON true`)'],
      ['group', "pool().query('DELETE FROM token WHERE true')"],
      ['group', 'const CONDITION = Prisma.sql`EXISTS (SELECT FROM passage p)`'],
      ['thread', 'await tx.$executeRaw`INSERT INTO "event" (kind) VALUES (1)`'],
      ['canvas', 'await query(Prisma.sql`SELECT 1 FROM canvas c, annotation a WHERE true`)'],
      ['anchor', 'await tx.$executeRaw`UPDATE passage p SET start = 1 FROM staged_anchor t`'],
      ['annotation', 'await tx.$executeRaw`DELETE FROM flag WHERE true`'],
    ];
    for (const [room, code] of breaches) assert.notDeepEqual(planted(room, code), [], code);
    assert.deepEqual(planted('moderation', 'await tx.$executeRaw`UPDATE flag SET reason = 1`'), []);
    assert.deepEqual(planted('canvas', 'await query(Prisma.sql`SELECT FROM canvas c, image i`)'), []);
  });
});
