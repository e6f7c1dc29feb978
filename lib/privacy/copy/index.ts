import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { config } from '@/lib/config';
import { type Locale, translator } from '@/lib/i18n';
import { requireUnscopedToken, type Viewer } from '@/lib/identity';
import { indexPage, tablePage } from './pages';
import { type CopiedTable, copiedTables } from './store';

/** Text shrinks to a quarter at any level; higher levels take longer and gain little. */
const LEVEL = 3;
const FOLDER = 'scholion-data';

/**
 * All that is kept of the viewer as a ZIP, made as it is read: for each table that the registry of personal data names a page and JSON, of
 * groups that they left as well; last a page that leads to the others. Secrets and what others may not be named by are left out.
 * Throws unauthenticated, and forbidden for a token of one group. `end` gives back what it holds, and stops it.
 */
export function copyOwnData(
  viewer: Viewer,
  locale: Locale,
): { bytes: AsyncGenerator<Uint8Array>; end: () => void } {
  const person = requireUnscopedToken(viewer);
  const zip = new ZipFile();
  const output = zip.outputStream as Readable;
  const running = new Set<Readable>();
  const add = (name: string, chunks: () => AsyncIterable<Uint8Array>) =>
    zip.addReadStreamLazy(`${FOLDER}/${name}`, { compressionLevel: LEVEL }, (take) => {
      const stream = Readable.from(chunks(), { objectMode: false, highWaterMark: 65_536 });
      running.add(stream);
      stream.on('close', () => running.delete(stream));
      stream.on('error', (error) => output.destroy(error));
      take(null, stream);
    });
  const counts = new Map<string, number>();
  const t = translator(locale, 'privacy');
  add('README.txt', () =>
    textOf(`${t('copy.title', { name: person.name })}\n\n${t('copy.what')}\n\n${config().address}\n`),
  );
  for (const table of copiedTables(person)) {
    add(`data/${table.name}.json`, () => jsonOf(table, counts));
    add(`pages/${table.name}.html`, () => tablePage(table, locale));
  }
  // Its counts are known when all else was read.
  add('index.html', () => textOf(indexPage(counts, person.name, locale)));
  zip.on('error', (error) => output.destroy(error as Error));
  zip.end();
  const end = () => {
    for (const stream of running) stream.destroy();
    output.destroy();
  };
  return { bytes: chunksOf(output), end };
}

async function* chunksOf(output: Readable): AsyncGenerator<Uint8Array> {
  for await (const chunk of output) yield chunk as Uint8Array;
}

async function* textOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

/** The rows of a table as one JSON array, a row a line; `counts` gets their number. */
async function* jsonOf(table: CopiedTable, counts: Map<string, number>): AsyncGenerator<Uint8Array> {
  let count = 0;
  yield Buffer.from('[');
  for await (const rows of table.rows()) {
    const lines = rows.map((row) =>
      JSON.stringify(row, (_, value) => (typeof value === 'bigint' ? String(value) : value)),
    );
    yield Buffer.from(`${count > 0 ? ',' : ''}\n${lines.join(',\n')}`);
    count += rows.length;
  }
  counts.set(table.name, count);
  yield Buffer.from('\n]\n');
}
