import { Prisma } from './generated/client';

/** The columns of a table that a write sets: the name of each and its type in Postgres, by the field's name here. */
export type WrittenColumns<Field extends string = string> = Record<
  Field,
  readonly [column: string, type: string]
>;

/** `column = value` for each of `fields` that is defined (PostgreSQL, UPDATE … SET). */
export function assignmentsOf<Field extends string>(
  columns: WrittenColumns<Field>,
  fields: { [F in NoInfer<Field>]?: unknown },
): Prisma.Sql[] {
  return definedIn(columns, fields).map(
    ([field, [column, type]]) =>
      Prisma.sql`${Prisma.raw(column)} = ${fields[field]}${Prisma.raw(`::${type}`)}`,
  );
}

/** Names and values of those of `fields` that are defined, each with commas between (PostgreSQL, INSERT). */
export function insertedOf<Field extends string>(
  columns: WrittenColumns<Field>,
  fields: { [F in NoInfer<Field>]?: unknown },
): { names: Prisma.Sql; values: Prisma.Sql } {
  const inserted = definedIn(columns, fields);
  const names = inserted.map(([, [column]]) => column).join(', ');
  const values = inserted.map(([field, [, type]]) => Prisma.sql`${fields[field]}${Prisma.raw(`::${type}`)}`);
  return { names: Prisma.raw(names), values: Prisma.join(values) };
}

function definedIn<Field extends string>(
  columns: WrittenColumns<Field>,
  fields: { [F in NoInfer<Field>]?: unknown },
): [Field, WrittenColumns[string]][] {
  const entries = Object.entries(columns) as [Field, WrittenColumns[string]][];
  return entries.filter(([field]) => fields[field] !== undefined);
}
