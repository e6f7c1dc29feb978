import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { IMPERSONAL_TABLES, PERSONAL_DATA } from '@/lib/privacy/registry';

/** The columns of each table in prisma/schema.prisma, by their names in SQL. */
function tablesOf(schema: string): Map<string, string[]> {
  const models = new Set(Array.from(schema.matchAll(/^model (\w+)/gm), ([, model]) => model));
  return new Map(
    Array.from(schema.matchAll(/^model (\w+) \{(.*?)^\}/gms), ([, model = '', body = '']) => {
      const columns = body.split('\n').flatMap((line) => {
        const [, field, type] = /^ {2}(\w+)\s+(\w+)/.exec(line) ?? [];
        return field === undefined || models.has(type) ? [] : [/@map\("(\w+)"\)/.exec(line)?.[1] ?? field];
      });
      return [/@@map\("(\w+)"\)/.exec(body)?.[1] ?? model, columns];
    }),
  );
}

/** What the registry of personal data does not say of a schema, or says of what is not there. */
function faultsOf(schema: string): string[] {
  const tables = tablesOf(schema);
  const faults: string[] = [];
  for (const [table, columns] of tables) {
    const personal = PERSONAL_DATA[table];
    if (personal === undefined && !IMPERSONAL_TABLES.includes(table)) faults.push(`${table} is not in it`);
    if (personal === undefined) continue;
    const { people = {}, words = {}, secrets = [], rest = '' } = personal;
    const said = [
      ...Object.keys(people),
      ...Object.keys(words),
      ...secrets,
      ...rest.split(' ').filter(Boolean),
    ];
    for (const column of columns.filter((name) => !said.includes(name)))
      faults.push(`${table}.${column} is not in it`);
    for (const column of said.filter((name) => !columns.includes(name)))
      faults.push(`${table}.${column} is not there`);
  }
  for (const table of [...Object.keys(PERSONAL_DATA), ...IMPERSONAL_TABLES])
    if (!tables.has(table)) faults.push(`${table} is not there`);
  return faults;
}

describe('the registry of personal data', () => {
  const schema = readFileSync('prisma/schema.prisma', 'utf8');

  it('names every column of every table in which something of a person stands', () => {
    assert.ok(tablesOf(schema).size > 40, 'the tables were not seen');
    assert.deepEqual(faultsOf(schema), []);
  });

  it('names no table both as personal and as not', () => {
    assert.deepEqual(
      IMPERSONAL_TABLES.filter((table) => table in PERSONAL_DATA),
      [],
    );
  });

  it('would miss a new column and a new table', () => {
    const more = schema.replace(/^model Flag \{/m, (head) => `${head}\n  telephone String`);
    assert.deepEqual(faultsOf(more), ['flag.telephone is not in it']);
    assert.deepEqual(faultsOf(`${schema}\nmodel Diary {\n  id String\n}\n`), ['Diary is not in it']);
  });
});
