import { randomUUID } from 'node:crypto';
import { after } from 'node:test';
import { disconnect, forbidStrayStatements } from '@/lib/db';
import { createDatabase } from '@/lib/db/embedded';

// Of the whole file: said inside a `before`, it would run before the first test, and the connections opened after it would
// hold the process for the ten seconds that the pool keeps an idle one. A bench closes its connections itself.
if (process.env.NODE_TEST_CONTEXT) after(disconnect);

/**
 * Points this process at a database of its own, copied from the migrated template that `npm test` made, and gives
 * its address. Call it before anything connects; the connections are closed when the file's tests are over. A statement
 * on a second connection inside a transaction fails from now on.
 */
export async function freshDatabase(): Promise<string> {
  const template = process.env.SCHOLION_TEST_TEMPLATE;
  if (!template)
    throw new Error('Run tests through `npm test`, or `npm run test:room`: they start the database.');
  const url = new URL(template);
  url.pathname = `/test_${randomUUID().replaceAll('-', '')}`;
  await createDatabase(template, url.pathname.slice(1), new URL(template).pathname.slice(1));
  process.env.DATABASE_URL = url.href;
  process.env.NEXTAUTH_SECRET ??= 'only for the tests, which nobody else can reach';
  process.env.LOG_LEVEL ??= 'silent';
  forbidStrayStatements();
  return url.href;
}
