import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { createDatabase, startEmbedded } from '@/lib/db/embedded';
import { migrate } from '@/lib/db/migrate';

/** The real server for the page's bench: a text of the wanted length, and a seminar for each number of notes on it. */

export const EDITION = 'bench';
export const SECTION = 'doc1';
export const slugOf = (notes: number) => `notes-${notes}`;

/** The edition with as many copies of the first letter's paragraphs as make `length` characters. */
function lengthen(length: number): string {
  const tei = readFileSync('seed/gheorghiu-2009.xml', 'utf8').replaceAll('gheorghiu-2009', EDITION);
  const from = tei.indexOf('<p xml:id="doc1.p1"');
  const paragraphs = tei.slice(from, tei.indexOf('<closer>', from));
  const each = paragraphs.match(/<p xml:id=/g)?.length ?? 0;
  const characters = paragraphs.replace(/<[^>]*>/g, '').replace(/\s+/g, ' ').length;
  const copies = Array.from({ length: Math.ceil(length / characters) - 1 }, (_, copy) =>
    paragraphs
      .replace(/doc1\.p(\d+)/g, (_, number) => `doc1.p${Number(number) + each * (copy + 1)}`)
      .replace(/ corresp="#article[^"]*"|<pb [^>]*>/g, ''),
  );
  return tei.slice(0, from) + paragraphs + copies.join('') + tei.slice(from + paragraphs.length);
}

/** Glosses of two authors, of 5 to 124 characters anywhere in the text. */
const GLOSSES = `
  WITH chosen AS (
    SELECT n, lpad(to_hex(n), 8, '0') || '-0000-7000-8000-' || lpad(to_hex($2::int), 12, '0') AS id, s.text,
           abs(hashtext('start' || n)) % (char_length(s.text) - 200) AS start, 5 + abs(hashtext('length' || n)) % 120 AS length
      FROM generate_series(1, $2::int) n JOIN section s ON s.edition = $3 AND s.revision = 1 AND s.id = $4
  ), made AS (
    INSERT INTO annotation (group_id, id, root_id, author_id, edition, section, revision, kind, body, created_at, modified_at)
    SELECT g.id, c.id::uuid, c.id::uuid, u.id, $3, $4, 1, 'gloss', 'Заметка ' || n || ': ' || repeat('ср. *Письма*, с. 12. ', 1 + n % 6), t, t
      FROM chosen c JOIN "group" g ON g.slug = $1
      JOIN "user" u ON u.email = CASE WHEN n % 5 = 0 THEN 'instructor@demo.example' ELSE 'student1@demo.example' END
     CROSS JOIN LATERAL (SELECT timestamptz '2026-02-01 10:00Z' + n * interval '1 minute' AS t) x
    RETURNING group_id, id)
  INSERT INTO passage (group_id, annotation_id, position, edition, section, revision, anchor_revision, start, "end", exact,
                       prefix, suffix, anchor, written_start, written_end)
  SELECT m.group_id, m.id, 0, $3, $4, 1, 1, start, start + length, substring(text FROM start + 1 FOR length),
         substring(text FROM greatest(1, start - 31) FOR least(32, start)), substring(text FROM start + length + 1 FOR 32),
         'exact', start, start + length
    FROM made m JOIN chosen c ON c.id::uuid = m.id`;

export interface Seminars {
  url: string;
  stop: () => Promise<void>;
}

/** Starts a server with a text of `length` characters and a seminar for each of `counts`, all of one instructor. */
export async function startSeminars(length: number, counts: readonly number[]): Promise<Seminars> {
  const postgres = await startEmbedded(process.env.SCHOLION_DATA ?? '.data/bench');
  const database = new URL(postgres.url);
  database.pathname = `/page_${Date.now()}`;
  await createDatabase(postgres.url, database.pathname.slice(1));
  await migrate(database.href);
  const scratch = mkdtempSync(path.join(tmpdir(), 'scholion-bench-'));
  const port = 4100 + Math.floor(Math.random() * 800);
  const url = `http://localhost:${port}`;
  process.env.DEMO_PASSWORD ??= 'a password for the bench';
  const env = {
    ...process.env,
    NODE_ENV: 'production',
    DATABASE_URL: database.href,
    PORT: String(port),
    SCHOLION_DEMO: '1',
    SCHOLION_URL: url,
    SCHOLION_DATA: scratch,
    LOG_LEVEL: 'warn',
    NEXTAUTH_SECRET: 'for the bench, which nobody else can reach',
  } as NodeJS.ProcessEnv;
  const server = spawn(process.execPath, ['dist/server.js'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  process.on('exit', () => server.kill('SIGTERM'));
  await new Promise<void>((resolve, reject) => {
    server.stdout.on('data', (chunk) => String(chunk).includes('Scholion is at') && resolve());
    server.on('close', (code) => reject(new Error(`The server ended with ${code}.`)));
  });

  const source = path.join(scratch, 'bench.xml');
  writeFileSync(source, lengthen(length));
  await ended(
    spawn(process.execPath, ['dist/cli.js', 'edition', 'import', source], {
      env,
      stdio: ['ignore', 'ignore', 'inherit'],
    }),
  );
  await ended(
    spawn(process.execPath, ['dist/cli.js', 'edition', 'publish', EDITION], {
      env,
      stdio: ['ignore', 'ignore', 'inherit'],
    }),
  );

  const client = new pg.Client({ connectionString: database.href });
  await client.connect();
  for (const count of counts) {
    await client.query(
      `WITH made AS (INSERT INTO "group" (id, slug, name) VALUES (gen_random_uuid(), $1, $1) RETURNING id)
       INSERT INTO member (group_id, user_id, role)
       SELECT made.id, u.id, r.role::"Role" FROM made, (VALUES ('instructor', 'owner'), ('student1', 'student')) r (who, role)
         JOIN "user" u ON u.email = r.who || '@demo.example'`,
      [slugOf(count)],
    );
    await client.query(GLOSSES, [slugOf(count), count, EDITION, SECTION]);
  }
  await client.query('ANALYZE');
  await client.end();

  const stop = async () => {
    server.removeAllListeners('close');
    server.kill('SIGTERM');
    await ended(server);
    await postgres.stop();
    rmSync(scratch, { recursive: true, force: true });
  };
  return { url, stop };
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.on('close', (code) =>
      code === 0 || code === null ? resolve() : reject(new Error(`It ended with ${code}.`)),
    );
  });
}
