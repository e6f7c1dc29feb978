import { randomUUID } from 'node:crypto';
import { createDatabase } from '@/lib/db/embedded';

/**
 * Points this process at a database of its own, copied from the migrated template that `scripts/test.ts` made.
 * Call it once at the top of a test file's run, before anything connects.
 */
export async function freshDatabase(): Promise<string> {
  const template = process.env.SCHOLION_TEST_TEMPLATE;
  if (!template)
    throw new Error('Run tests through `npm test` or `npm run test:room`: they start the database.');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await createDatabase(template, name, new URL(template).pathname.slice(1));
  const url = new URL(template);
  url.pathname = `/${name}`;
  process.env.DATABASE_URL = url.href;
  return url.href;
}
