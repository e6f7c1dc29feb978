import { defineConfig } from 'prisma/config';

/** Settings of Prisma's command line only; the server connects through lib/db. */
export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env.DATABASE_URL ?? 'postgresql://localhost/scholion' },
});
