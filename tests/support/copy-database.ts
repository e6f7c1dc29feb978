import { createDatabase } from '@/lib/db/embedded';

/** Copies the template to the database named by the first argument. */
const template = new URL(process.env.SCHOLION_TEST_TEMPLATE as string);
createDatabase(template.href, process.argv[2] as string, template.pathname.slice(1));
