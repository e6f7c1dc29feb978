import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createDatabase } from '@/lib/db/embedded';
import { ended, isFree, type ServerProcess, startServerProcess } from '../support/server-process';

/** Requests that no client of ours sends, byte for byte as they go over the line, to the server as it was built. */

const data = mkdtempSync(path.join(tmpdir(), 'scholion-requests-'));
let running: ServerProcess;
let port = 0;

/** Ports that fetch refuses (Fetch §2.9) and a browser too, and that a server may have behind a proxy. */
const BAD_PORTS = [4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080];

/** One of them that nobody listens on. */
async function badPort(): Promise<string> {
  for (const bad of BAD_PORTS) if (await isFree(bad)) return String(bad);
  throw new Error('None of these ports is free.');
}

type Answer = { status: number; headers: Map<string, string>; body: string };

/** Sends `head` (a request line and more header lines) with `body`, and reads until the server closes. */
function send(head: string, body = ''): Promise<Answer> {
  const [line, ...lines] = head.split('\n');
  const length = body ? [`Content-Length: ${Buffer.byteLength(body)}`] : [];
  const headers = [`Host: localhost:${port}`, 'Connection: close', ...length, ...lines];
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(`${[`${line} HTTP/1.1`, ...headers].join('\r\n')}\r\n\r\n${body}`);
    });
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk;
    });
    socket.on('error', reject);
    socket.on('close', () => {
      const [start = '', ...rest] = text.split('\r\n\r\n');
      const [status = '', ...fields] = start.split('\r\n');
      const pairs = fields.map((field) => field.split(/:\s*/, 2) as [string, string]);
      resolve({
        status: Number(status.split(' ')[1]),
        headers: new Map(pairs.map(([name, value]) => [name.toLowerCase(), value])),
        body: rest.join('\r\n\r\n'),
      });
    });
  });
}

describe('a request that no client of ours sends', () => {
  before(async () => {
    const template = process.env.SCHOLION_TEST_TEMPLATE as string;
    const url = new URL(template);
    url.pathname = '/requests';
    await createDatabase(template, 'requests', new URL(template).pathname.slice(1));
    running = await startServerProcess(data, {
      PORT: await badPort(),
      DATABASE_URL: url.href,
      SCHOLION_DEMO: '1',
      DEMO_PASSWORD: 'a password for the tests',
      NEXTAUTH_SECRET: 'only for the tests, which nobody else can reach',
      LOG_LEVEL: 'fatal',
    });
    port = Number(new URL(running.url).port);
  });
  after(async () => {
    running.child.kill('SIGTERM');
    await ended(running.child);
    rmSync(data, { recursive: true, force: true });
  });

  const PROBLEM = 'application/problem+json';
  const cases: [title: string, head: string, body: string, statuses: number[], type?: string][] = [
    ['an address of two slashes and a bracket', 'GET //[', '', [308, 404]],
    ['a whole address without a host', 'GET http://[/', '', [400], PROBLEM],
    ['a whole address with no such port', 'GET http://a:99999/', '', [400], PROBLEM],
    ['a whole address', 'GET http://elsewhere.example/api/health', '', [200]],
    ['no address', 'GET nonsense', '', [400]],
    ['the server as a whole', 'OPTIONS *', '', [204]],
    ['U+0000 in a manifest', 'GET /iiif/%00/manifest', '', [400], PROBLEM],
    ['U+0000 in an image', 'GET /iiif/images/%00/info.json', '', [400], PROBLEM],
    ['no UTF-8 in an image', 'GET /iiif/images/%ff/info.json', '', [400], PROBLEM],
    ['U+0000 in a container', 'GET /groups/%00/annotations/', '', [400], PROBLEM],
    ['half an octet in the API', 'GET /api/v1/editions/%', '', [400], PROBLEM],
    ['U+0000 in an edition', 'GET /editions/%00', '', [404]],
    ['U+0000 in a section', 'GET /editions/gheorghiu-2009/%00', '', [404]],
    ['U+0000 in what is looked for', 'GET /editions?q=%00', '', [404]],
    ['no UTF-8 in a group', 'GET /groups/%ff', '', [404]],
    ['a revision that is no number', 'GET /editions/gheorghiu-2009/doc1?revision=%00', '', [404]],
    ['an empty choice of language', 'POST /locale', '', [400], PROBLEM],
    ['a choice of language in JSON', 'POST /locale\nContent-Type: application/json', '{}', [400], PROBLEM],
    ['a broken form', 'POST /locale\nContent-Type: multipart/form-data; boundary=x', '--x', [400], PROBLEM],
    [
      'a choice of language from another site',
      'POST /locale\nOrigin: https://elsewhere.example\nContent-Type: application/x-www-form-urlencoded',
      'to=ru',
      [403],
      PROBLEM,
    ],
    [
      'a sign-in with broken JSON',
      'POST /api/auth/callback/credentials\nContent-Type: application/json',
      '{"a',
      [400],
      PROBLEM,
    ],
    ['a page that is put', 'PUT /editions/gheorghiu-2009/doc1', '', [405], PROBLEM],
    ['a page that is sent something', 'POST /groups\nContent-Type: text/plain', 'x', [405], PROBLEM],
    ['a page that is traced', 'TRACE /', '', [405], PROBLEM],
    [
      'a cookie that cannot be read',
      'GET /api/v1/me\nCookie: locale=%; next-auth.session-token=%',
      '',
      [401],
      PROBLEM,
    ],
    [
      'U+0000 in an array',
      'POST /api/v1/preview\nContent-Type: application/json',
      '["\\u0000"]',
      [401, 422],
      PROBLEM,
    ],
    ...['gzip', 'br', 'zstd', 'gzip, gzip'].flatMap((coding): typeof cases => [
      [
        `JSON that is compressed: ${coding}`,
        `POST /api/v1/preview\nContent-Type: application/json\nContent-Encoding: ${coding}`,
        '{"body":"x"}',
        [415],
        PROBLEM,
      ],
      [
        `a file of a text that is compressed: ${coding}`,
        `POST /api/v1/editions\nContent-Type: text/plain\nContent-Encoding: ${coding}`,
        'x',
        [415],
        PROBLEM,
      ],
    ]),
  ];
  for (const [title, head, body, statuses, type] of cases) {
    it(`is answered and is no fault of ours: ${title}`, async () => {
      const answer = await send(head, body);
      assert.ok(statuses.includes(answer.status), `${answer.status} ${answer.body.slice(0, 200)}`);
      if (type) assert.equal(answer.headers.get('content-type')?.split(';')[0], type);
    });
  }

  it('are counted by kind for this machine alone, and nobody and nothing is named', async () => {
    const answer = await send('GET /api/metrics', '');
    assert.equal(answer.status, 200);
    assert.match(answer.headers.get('content-type') ?? '', /^text\/plain; version=0\.0\.4/);
    const text = answer.body;
    for (const kind of ['api', 'iiif', 'page', 'reading'])
      assert.match(text, new RegExp(`^scholion_http_request_duration_seconds_count\\{kind="${kind}",`, 'm'));
    assert.match(text, /^scholion_database_up 1$/m);
    assert.match(text, /^process_resident_memory_bytes \d/m);
    assert.match(text, /method="other"/);
    assert.doesNotMatch(text, /gheorghiu|demo|TRACE/);
    for (const header of ['X-Forwarded-For', 'Forwarded'])
      assert.equal((await send(`GET /api/metrics\n${header}: 127.0.0.1`, '')).status, 403);
  });

  it('ends the connection, and says so, where the rest of a body that is too large is not read', async () => {
    const head = [
      'POST /api/v1/preview HTTP/1.1',
      `Host: localhost:${port}`,
      'Content-Type: application/json',
      'Content-Length: 500000000',
    ];
    const text = await new Promise<string>((resolve, reject) => {
      let received = '';
      const socket = connect(port, '127.0.0.1', () => socket.write(`${head.join('\r\n')}\r\n\r\n{"body":"`));
      socket.on('data', (chunk) => {
        received += chunk;
      });
      socket.on('error', reject);
      socket.on('close', () => resolve(received));
    });
    assert.match(text, /^HTTP\/1\.1 413 /);
    assert.match(text, /^connection: close\r$/im);
  });

  /** What a connection is answered until it is closed, or until it had an answer; `write` sends, bit by bit. */
  const answerOf = (write: (socket: Socket) => NodeJS.Timeout | undefined) =>
    new Promise<string>((resolve, reject) => {
      let received = '';
      const socket = connect(port, '127.0.0.1', () => {
        const timer = write(socket);
        socket.on('data', (chunk) => {
          received += chunk;
          clearInterval(timer);
          if (received.includes('\r\n\r\n')) socket.end();
        });
        socket.on('close', () => {
          clearInterval(timer);
          resolve(received);
        });
      });
      socket.on('error', reject);
    });

  it('hears that nobody may send it before its body is read, however long it says that is', async () => {
    const uploads: [string, string][] = [
      ['POST /api/v1/editions', 'text/plain'],
      ['PUT /api/v1/editions/gheorghiu-2009/draft', 'application/tei+xml'],
      ['POST /api/v1/editions/gheorghiu-2009/canvases', 'image/png'],
      ['POST /api/v1/groups/demo-seminar/import', 'application/ld+json'],
    ];
    for (const [line, type] of uploads) {
      for (const length of ['Content-Length: 50000000', 'Transfer-Encoding: chunked']) {
        const answer = await answerOf((socket) => {
          socket.write(
            `${line} HTTP/1.1\r\nHost: localhost:${port}\r\nContent-Type: ${type}\r\n${length}\r\n\r\n`,
          );
          return undefined;
        });
        assert.match(answer, /^HTTP\/1\.1 40[14] /, `${line} ${length}`);
      }
    }
  });

  it('is refused where a form of a page is longer than any', async () => {
    for (const path of ['/locale', '/api/auth/callback/credentials']) {
      for (const length of ['Content-Length: 50000000', 'Transfer-Encoding: chunked']) {
        const answer = await answerOf((socket) => {
          socket.write(
            `POST ${path} HTTP/1.1\r\nHost: localhost:${port}\r\nContent-Type: application/x-www-form-urlencoded\r\n${length}\r\n\r\n`,
          );
          return undefined;
        });
        assert.match(answer, /^HTTP\/1\.1 4(00|13) /, `${path} ${length}`);
      }
    }
  });

  // They take their time: both at once.
  describe('drip by drip', { concurrency: true }, () => {
    it('ends the connection of a head that drips', async () => {
      const answer = await answerOf((socket) => {
        socket.write(`GET /api/health HTTP/1.1\r\nHost: localhost:${port}\r\nX-Slow: `);
        return setInterval(() => socket.write('x'), 1_000);
      });
      assert.match(answer, /^HTTP\/1\.1 408 /);
    });

    it('ends the connection of a body that drips, and no other', async () => {
      const head = `POST /api/v1/preview HTTP/1.1\r\nHost: localhost:${port}\r\nContent-Type: application/json`;
      const drip = (bytes: number) =>
        answerOf((socket) => {
          socket.write(`${head}\r\nConnection: close\r\nContent-Length: 100000\r\n\r\n`);
          let sent = 0;
          return setInterval(() => {
            socket.write('x'.repeat(Math.min(bytes, 100_000 - sent)));
            sent = Math.min(100_000, sent + bytes);
          }, 1_000);
        });
      const [slow, steady] = await Promise.all([drip(1), drip(5_000)]);
      assert.match(slow, /^HTTP\/1\.1 408 /);
      assert.match(steady, /^HTTP\/1\.1 40[01] /);
    });
  });

  it('finds a reading page by one spelling of its address: others lead there', async () => {
    for (const spelling of [
      '/editions/%67heorghiu-2009/doc1',
      '/editions//gheorghiu-2009/doc1',
      '//editions/gheorghiu-2009/doc1',
    ]) {
      const answer = await send(`GET ${spelling}`);
      assert.equal(answer.status, 308, spelling);
      assert.equal(answer.headers.get('location'), '/editions/gheorghiu-2009/doc1', spelling);
    }
    assert.equal((await send('GET /editions/gheorghiu-2009/doc1')).status, 200);
  });
});
