import pg from 'pg';

export type SentStatement = { text: string; values?: unknown[] };

/** The statements that this process sends to the database while `work` runs, but those that wake listeners. */
export async function sentStatements(work: () => Promise<unknown>): Promise<SentStatement[]> {
  const sent: SentStatement[] = [];
  const send = pg.Client.prototype.query;
  pg.Client.prototype.query = function (this: pg.Client, ...query: unknown[]) {
    const [first] = query;
    if (typeof first === 'string') sent.push({ text: first });
    else if (typeof first === 'object' && first !== null && 'text' in first)
      sent.push(first as SentStatement);
    return Reflect.apply(send, this, query);
  } as typeof send;
  try {
    await work();
  } finally {
    pg.Client.prototype.query = send;
  }
  return sent.filter(({ text }) => !text.includes('pg_notify'));
}
