import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import sharp from 'sharp';
import { ended, signInByPassword, startServerProcess } from '../support/server-process';

/**
 * `npm run bench:hostile`: for each kind of input that is made to hold the server up, what it is answered, how long
 * that takes, and the longest that the server's event loop was held meanwhile: by the clock, and in time of the
 * processor, which a busy machine does not lengthen. `ONLY` is a pattern of names.
 */

const PASSWORD = 'a password for the bench';
const PORT = String(4800 + Math.floor(Math.random() * 100));
const LOOP_PORT = String(Number(PORT) + 100);
const ADDRESS = `http://localhost:${PORT}`;
const GROUP = 'demo-seminar';
const EDITION = 'gheorghiu-2009';

type Attack = {
  name: string;
  path: string;
  method?: string;
  type?: string;
  body: string | Uint8Array<ArrayBuffer>;
  by?: 'admin';
};

const fill = (unit: string, length: number) => unit.repeat(Math.ceil(length / unit.length)).slice(0, length);
const gloss = (more: object) => JSON.stringify({ edition: EDITION, section: 'doc1', body: 'x', ...more });
const annotations = `/api/v1/groups/${GROUP}/annotations`;
const note = (name: string, unit: string): Attack => ({
  name: `note: ${name}`,
  path: annotations,
  body: gloss({ body: fill(unit, 50_000) }),
});
const file = (name: string, body: string, type = 'application/json'): Attack => ({
  name: `import: ${name}`,
  path: `/api/v1/groups/${GROUP}/import?dryRun=1`,
  type,
  body,
});
const webAnnotation = (more: object) =>
  JSON.stringify({
    '@context': 'http://www.w3.org/ns/anno.jsonld',
    type: 'Annotation',
    bodyValue: 'x',
    target: `${ADDRESS}/editions/${EDITION}/doc1`,
    ...more,
  });
const html = (value: string) =>
  webAnnotation({ bodyValue: undefined, body: { type: 'TextualBody', format: 'text/html', value } });
const protocol = (name: string, body: string): Attack => ({
  name: `protocol: ${name}`,
  path: `/groups/${GROUP}/annotations/`,
  type: 'application/ld+json',
  body,
});
const tei = (text: string, header = '') =>
  `<?xml version="1.0"?><TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="hostile" xml:lang="en"><teiHeader><fileDesc><titleStmt><title>x</title>${header}</titleStmt></fileDesc></teiHeader><text xml:lang="en"><body><div xml:id="s" type="article"><p xml:id="s.p1">${text}</p></div></body></text></TEI>`;
const edition = (name: string, body: string): Attack => ({
  name: `TEI: ${name}`,
  path: '/api/v1/editions/hostile/draft',
  method: 'PUT',
  type: 'application/tei+xml',
  body,
  by: 'admin',
});
const svg = (shape: string) =>
  gloss({
    section: undefined,
    canvas: 'p125',
    region: { svg: `<svg xmlns="http://www.w3.org/2000/svg">${shape}</svg>` },
  });

async function attacks(): Promise<Attack[]> {
  const image = async (width: number, height: number) =>
    new Uint8Array(
      await sharp({ create: { width, height, channels: 3, background: 'white' } })
        .png()
        .toBuffer(),
    );
  const pages = (name: string, body: Uint8Array<ArrayBuffer>): Attack => ({
    name: `image: ${name}`,
    path: `/api/v1/editions/${EDITION}/canvases?page=128`,
    type: 'image/png',
    body,
    by: 'admin',
  });
  return [
    ...[
      ['quotations', '>'],
      ['lists', '- '],
      ['emphasis', '*a_'],
      ['brackets', '['],
      ['links', '[a]('],
      ['code', '`'],
      ['lines', 'a\n\n'],
      ['items', '- a\n'],
      ['tables', 'a|b\n-|-\n'],
      ['mails', 'a@b.ro '],
      ['footnotes', '[^a]'],
      ['entities', '&amp;'],
      ['numbers', '1. '],
    ].map(([name = '', unit = '']) => note(name, unit)),
    { name: 'JSON: empty lists', path: annotations, body: `[${'[],'.repeat(600_000)}[]]` },
    { name: 'JSON: nested', path: annotations, body: '['.repeat(1_900_000) },
    { name: 'JSON: a long string', path: annotations, body: gloss({ body: 'x'.repeat(1_900_000) }) },
    { name: 'JSON: many tags', path: annotations, body: gloss({ tags: Array(40_000).fill('a') }) },
    {
      name: 'quote: combining marks',
      path: annotations,
      body: gloss({ quote: { exact: 'a'.repeat(2) + '\u0301\u0323'.repeat(9_000) } }),
    },
    {
      name: 'quote: nearly there',
      path: annotations,
      body: gloss({
        quote: { exact: fill('и ', 20_000), prefix: fill('в ', 20_000), suffix: fill('на ', 20_000) },
      }),
    },
    {
      name: 'quotes: fifty long ones',
      path: annotations,
      body: gloss({
        passages: Array.from({ length: 50 }, () => ({ quote: { exact: fill('и во ', 19_000) } })),
      }),
    },
    file('empty lists, 20 MB', `[${'[],'.repeat(6_600_000)}[]]`),
    file('empty objects, 20 MB', `[${'{},'.repeat(6_600_000)}{}]`),
    file('empty objects, 60 MB', `[${'{},'.repeat(20_000_000)}{}]`),
    file('nested, 20 MB', '['.repeat(20_000_000)),
    file('lines, 20 MB', '{}\n'.repeat(6_600_000), 'application/x-ndjson'),
    file('20,000 annotations', `[${Array(20_000).fill(webAnnotation({})).join(',')}]`, 'application/ld+json'),
    file(
      '20,000 faults',
      `[${Array(20_000)
        .fill(webAnnotation({ target: 5 }))
        .join(',')}]`,
      'application/ld+json',
    ),
    protocol('tags of HTML', html(fill('<i>', 100_000))),
    protocol('nested HTML', html(`${'<div>'.repeat(399)}x`)),
    protocol('a table of HTML', html(`<table>${'<tr><td>a'.repeat(190)}`)),
    protocol('attributes of HTML', html(`<a ${fill('a=b ', 500_000)}>x`)),
    protocol(
      'many parts',
      webAnnotation({ bodyValue: undefined, body: Array(4_000).fill({ type: 'TextualBody', value: 'x' }) }),
    ),
    protocol(
      'many selectors',
      webAnnotation({
        target: Array(900).fill({
          source: `${ADDRESS}/editions/${EDITION}/doc1`,
          selector: { type: 'TextQuoteSelector', exact: fill('и во ', 900) },
        }),
      }),
    ),
    protocol(
      'a long XPath',
      webAnnotation({
        target: {
          source: `${ADDRESS}/editions/${EDITION}/doc1`,
          selector: { type: 'XPathSelector', value: fill('/p[1]', 500_000) },
        },
      }),
    ),
    protocol(
      'a long SVG',
      webAnnotation({
        target: {
          source: `${ADDRESS}/iiif/${EDITION}/canvas/p125`,
          selector: {
            type: 'SvgSelector',
            value: `<svg xmlns="http://www.w3.org/2000/svg"><path d="${fill('M1 1 C 1 2 3 4 5 6 ', 900_000)}"/></svg>`,
          },
        },
      }),
    ),
    {
      name: 'region: a long path',
      path: annotations,
      body: svg(`<path d="${fill('M1 1 a 5 5 0 0 1 9 9 ', 90_000)}"/>`),
    },
    {
      name: 'region: many shapes',
      path: annotations,
      body: svg(fill('<rect width="1" height="1"/>', 90_000)),
    },
    edition('nested header', tei('x', `${'<p>'.repeat(50_000)}${'</p>'.repeat(50_000)}`)),
    edition('nested words', tei(`${'<foreign xml:lang="ru">'.repeat(20_000)}${'</foreign>'.repeat(20_000)}`)),
    edition('combining marks', tei(`a${'\u0301\u0323'.repeat(250_000)}`)),
    edition('flat words', tei('<hi>a</hi>'.repeat(1_000_000))),
    edition(
      'attributes',
      tei(`<foreign ${Array.from({ length: 50_000 }, (_, i) => `a${i}="1"`).join(' ')}>a</foreign>`),
    ),
    edition('19 million letters', tei('слово '.repeat(3_100_000))),
    edition('entities', tei('&amp;'.repeat(3_000_000))),
    pages('a strip', await image(1, 70_000)),
    pages('100 million pixels', await image(10_000, 10_000)),
    pages('too many pixels', await image(16_000, 12_000)),
    {
      name: 'manifest: 50,000 canvases',
      path: `/api/v1/editions/${EDITION}/manifest`,
      method: 'POST',
      by: 'admin',
      body: JSON.stringify({ manifest: { items: Array(9_000).fill({ type: 'Canvas' }) } }),
    },
  ];
}

/** Texts whose pages are heavy: as many marks as a paragraph may have, or what grows on the page. */
const HEAVY: [string, string][] = [
  ['marked words', '<hi rend="italic">a</hi> '.repeat(12_000)],
  [
    'names in names',
    `${'<hi>'.repeat(200)}${'<name ref="https://a.example/">a</name> '.repeat(12_000)}${'</hi>'.repeat(200)}`,
  ],
  ['notes', 'word<note place="foot">A note.</note> '.repeat(4_000)],
  ['misprints', '<choice><sic>a</sic><corr>b</corr></choice> '.repeat(9_000)],
  ['readings', '<app><lem wit="#A">a</lem><rdg wit="#B">b</rdg></app> '.repeat(9_000)],
  ['pages of one number', 'a<pb n="1"/> '.repeat(12_000)],
  ['shared lines', `</p><sp>${'<l part="M">a word</l>'.repeat(6_000)}</sp><p>`],
  ['wide cells', `</p><table><row>${'<cell cols="900"/><cell>a</cell>'.repeat(6_000)}</row></table><p>`],
  ['items in items', `</p>${'<list><item>'.repeat(100)}a${'</item><item>b</item></list>'.repeat(100)}<p>`],
];

async function main(): Promise<void> {
  const data = mkdtempSync(path.join(tmpdir(), 'scholion-hostile-'));
  // Open to the user of the embedded Postgres, so that the server is this process and no child of it.
  chmodSync(data, 0o755);
  const { child, url } = await startServerProcess(data, {
    DEMO_PASSWORD: PASSWORD,
    LOG_LEVEL: 'fatal',
    PORT,
    LOOP_PORT,
    NODE_OPTIONS: `--import=${pathToFileURL(path.resolve('tests/bench/event-loop-delay.mjs')).href}`,
  });
  const heldSince = async (): Promise<{ clock: number; processor: number }> =>
    (await fetch(`http://127.0.0.1:${LOOP_PORT}`)).json();
  const [instructor, admin] = await Promise.all(
    ['instructor', 'admin'].map((name) => signInByPassword(url, `${name}@demo.example`, PASSWORD)),
  );
  console.log('| what | answer | seconds | held, ms | of the processor, ms |\n|---|---|---|---|---|');
  const chosen = new RegExp(process.env.ONLY ?? '');
  const all = (await attacks()).filter(({ name }) => chosen.test(name));
  for (const { name, path, method = 'POST', type = 'application/json', body, by } of all) {
    await new Promise((wake) => setTimeout(wake, 100));
    await heldSince();
    const since = performance.now();
    const response = await fetch(url + path, {
      method,
      headers: { cookie: (by === 'admin' ? admin : instructor) ?? '', 'content-type': type, origin: url },
      body,
    }).then(
      async (answer) =>
        `${answer.status} ${JSON.parse(await answer.text())?.errors?.[0]?.detail?.slice(0, 40) ?? ''}`,
      (error) => `broken off: ${error.cause?.code ?? error}`,
    );
    const seconds = (performance.now() - since) / 1_000;
    const { clock, processor } = await heldSince();
    console.log(
      `| ${name} | ${response} | ${seconds.toFixed(2)} | ${clock.toFixed(0)} | ${processor.toFixed(0)} |`,
    );
  }
  console.log(
    '\n| text | path | answer | seconds | held, ms | of the processor, ms |\n|---|---|---|---|---|---|',
  );
  const origin = { origin: url, cookie: admin ?? '' };
  for (const [i, [name, words]] of HEAVY.filter(([name]) => chosen.test(name)).entries()) {
    const slug = `heavy-${i}`;
    const draft = { 'content-type': 'application/tei+xml', ...origin };
    const steps: [string, string, RequestInit][] = [
      [
        'import',
        `/api/v1/editions?slug=${slug}&access=public`,
        { method: 'POST', headers: draft, body: tei(words) },
      ],
      ['preview', `/texts/${slug}/s`, { headers: origin }],
      ['publish', `/api/v1/editions/${slug}/publication`, { method: 'POST', headers: origin }],
      ['reading page', `/editions/${slug}/s`, {}],
      ['reading page again', `/editions/${slug}/s`, {}],
      ['section', `/api/v1/editions/${slug}/sections/s`, {}],
      ['contents', `/editions/${slug}`, {}],
      [
        'next draft',
        `/api/v1/editions/${slug}/draft`,
        { method: 'PUT', headers: draft, body: tei(`b ${words}`) },
      ],
      ['publish again', `/api/v1/editions/${slug}/publication`, { method: 'POST', headers: origin }],
    ];
    for (const [what, path, init] of steps) {
      await new Promise((wake) => setTimeout(wake, 100));
      await heldSince();
      const since = performance.now();
      const answer = await fetch(url + path, init).then(
        async (response) =>
          `${response.status}, ${((await response.arrayBuffer()).byteLength / 1_000).toFixed(0)} kB`,
        (error) => `broken off: ${error.cause?.code ?? error}`,
      );
      const seconds = (performance.now() - since) / 1_000;
      const { clock, processor } = await heldSince();
      console.log(
        `| ${name} | ${what} | ${answer} | ${seconds.toFixed(2)} | ${clock.toFixed(0)} | ${processor.toFixed(0)} |`,
      );
    }
  }
  child.kill('SIGTERM');
  await ended(child);
  rmSync(data, { recursive: true, force: true });
}

await main();
