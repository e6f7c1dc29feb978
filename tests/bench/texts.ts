import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SaxesParser } from 'saxes';
import { ended, freePort, signInByPassword, startServerProcess } from '../support/server-process';

/**
 * `npm run bench:texts`: seconds to bring in a TEI text of each size and to publish it, beside plain parsing of the same
 * bytes in the same run; megabytes of the server above rest; the longest that another waits for `/api/health` meanwhile;
 * and the first answer of a page. `SIZES` are megabytes, separated by commas.
 */

const PASSWORD = 'a password for the bench';
const SIZES = (process.env.SIZES ?? '0.2,1,3,9').split(',').map(Number);

const words = 'Слово and a word и ещё одно, '.repeat(30);

/** A text of so many megabytes: chapters of forty paragraphs with emphasis, a note and a page break each. */
function text(megabytes: number): string {
  const chapters: string[] = [];
  let size = 0;
  for (let n = 1; size < megabytes * 1_000_000; n++) {
    const paragraphs = Array.from(
      { length: 40 },
      (_, i) =>
        `<p>${words}<hi rend="italic">${n}.${i}</hi><note place="foot">A note.</note> <pb n="${n * 40 + i}"/>end</p>`,
    );
    const chapter = `<div type="chapter" n="${n}"><head>Chapter ${n}</head>${paragraphs.join('\n')}</div>\n`;
    chapters.push(chapter);
    size += Buffer.byteLength(chapter);
  }
  return `<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="ru"><teiHeader><fileDesc><titleStmt><title>Bench</title></titleStmt></fileDesc></teiHeader><text><body>${chapters.join('')}</body></text></TEI>`;
}

function parsePlainly(source: string): number {
  const started = performance.now();
  let length = 0;
  const parser = new SaxesParser({ xmlns: true, position: true });
  parser.on('text', (part) => {
    length += part.length;
  });
  parser.write(source).close();
  if (length === 0) throw new Error('nothing was parsed');
  return (performance.now() - started) / 1_000;
}

/** Resident megabytes of a process and of its children, without Postgres (Linux). */
function megabytesOf(pid: number): number {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
    .trim()
    .split(' ')
    .filter(Boolean);
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const own = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1_024;
  const others = children
    .map(Number)
    .filter((child) => !/postgres/.test(readFileSync(`/proc/${child}/comm`, 'utf8')));
  return own + others.reduce((sum, child) => sum + megabytesOf(child), 0);
}

async function main(): Promise<void> {
  const data = mkdtempSync(path.join(tmpdir(), 'scholion-texts-'));
  const PORT = String(await freePort());
  const { child, url } = await startServerProcess(data, {
    DEMO_PASSWORD: PASSWORD,
    LOG_LEVEL: 'fatal',
    PORT,
  });
  const cookie = await signInByPassword(url, 'admin@demo.example', PASSWORD);
  const send = (method: string, where: string, type: string, body: string) =>
    fetch(url + where, { method, headers: { cookie, origin: url, 'content-type': type }, body });
  console.log(
    '| MB | plain parsing, s | import, s | publication, s | MB above rest | longest wait, ms | first page, ms |',
  );
  console.log('|---|---|---|---|---|---|---|');
  for (const size of SIZES) {
    const source = text(size);
    const plain = parsePlainly(source);
    const slug = `bench-${String(size).replace('.', '-')}`;
    const rest = megabytesOf(child.pid ?? 0);
    let [isOver, longest, most] = [false, 0, rest];
    const watching = (async () => {
      while (!isOver) {
        const since = performance.now();
        await (await fetch(`${url}/api/health`)).arrayBuffer();
        longest = Math.max(longest, performance.now() - since);
        most = Math.max(most, megabytesOf(child.pid ?? 0));
        await new Promise((wake) => setTimeout(wake, 10));
      }
    })();
    const started = performance.now();
    const made = await send('POST', `/api/v1/editions?slug=${slug}`, 'application/tei+xml', source);
    if (made.status !== 201) throw new Error(`${made.status} ${await made.text()}`);
    await made.arrayBuffer();
    const imported = (performance.now() - started) / 1_000;
    await send('POST', `/api/v1/editions/${slug}/publication`, 'application/json', '{}');
    const published = (performance.now() - started) / 1_000 - imported;
    isOver = true;
    await watching;
    const opened = performance.now();
    const page = await fetch(`${url}/editions/${slug}/chapter-1`);
    if (page.status !== 200) throw new Error(`the page answers ${page.status}`);
    await page.arrayBuffer();
    const shown = performance.now() - opened;
    const row = [size, plain.toFixed(2), imported.toFixed(1), published.toFixed(2), (most - rest).toFixed(0)];
    console.log(`| ${[...row, longest.toFixed(0), shown.toFixed(0)].join(' | ')} |`);
  }
  child.kill('SIGTERM');
  await ended(child);
  rmSync(data, { recursive: true, force: true });
}

await main();
