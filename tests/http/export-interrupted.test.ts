import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { getRequestListener } from '@hono/node-server';
import pg from 'pg';
import { SaxesParser } from 'saxes';
import { toReadableStream } from '@/lib/api/exports';
import { unzip } from '@/lib/kernel/unzip';
import { createExportSeminar, type ExportSeminar, exportAs } from '../support/export-seminar';
import { freshDatabase } from '../support/fresh-database';
import { fc } from '../support/seeded-fast-check';
import { call } from '../support/seminar';
import { until, untilStable } from '../support/until';

/** A file of `whole` pieces, of which the one after `good` fails; what became of it. */
function failing(good: number, whole: number) {
  const seen = { made: 0, closed: 0 };
  async function* pieces(): AsyncGenerator<Uint8Array> {
    for (; seen.made < whole; seen.made++) {
      if (seen.made === good) throw new Error('the disk is gone');
      yield Buffer.alloc(64 * 1024, '.');
    }
  }
  const file = { name: 'x', type: 'text/plain', bytes: pieces(), close: async () => void seen.closed++ };
  return { seen, file };
}

describe('an export that breaks off', () => {
  let url = '';
  let seminar: ExportSeminar;
  let server: Server;
  let served: () => Response;

  before(async () => {
    process.env.LOG_LEVEL = 'silent';
    url = await freshDatabase();
    seminar = await createExportSeminar();
    server = createServer(getRequestListener(() => served())).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
  });
  after(() => server.close());

  const port = () => (server.address() as AddressInfo).port;

  it('ends without the last chunk of its transfer, so that no client takes it for the whole', async () => {
    const { seen, file } = failing(3, 10);
    served = () => new Response(toReadableStream(file, {}));
    await assert.rejects(fetch(`http://127.0.0.1:${port()}/`).then((answer) => answer.text()));
    assert.equal(seen.closed, 1);

    served = () => new Response(toReadableStream(failing(3, 10).file, {}));
    const raw = await received();
    assert.match(raw, /^HTTP\/1\.1 200/);
    assert.doesNotMatch(raw, /\r\n0\r\n\r\n$/);
    served = () => new Response(toReadableStream(failing(99, 10).file, {}));
    assert.match(await received(), /\r\n0\r\n\r\n$/);
  });

  /** All bytes of an answer as they come over the wire. */
  function received(): Promise<string> {
    const socket = connect(port(), '127.0.0.1');
    socket.write('GET / HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n');
    let text = '';
    socket.on('data', (data) => {
      text += data.toString('latin1');
    });
    socket.on('error', () => {});
    return new Promise((resolve) => socket.on('close', () => resolve(text)));
  }

  it('waits for whoever reads slowly, and stops for whoever goes away', async () => {
    const { seen, file } = failing(10_000, 10_000);
    served = () => new Response(toReadableStream(file, {}));
    const gone = new AbortController();
    const answer = await fetch(`http://127.0.0.1:${port()}/`, { signal: gone.signal });
    await until(() => seen.made > 0);
    const waiting = await untilStable(() => seen.made);
    // 64 kB each: the buffers of the two sockets, and not 640 MB.
    assert.ok(waiting > 0 && waiting < 500, `${waiting} pieces were made for nobody`);
    gone.abort();
    await assert.rejects(answer.text());
    await until(() => seen.closed === 1);
    const { made } = seen;
    assert.equal(await untilStable(() => seen.made), made);
    assert.equal(seen.closed, 1);
  });

  it('is a refusal and no file where the database fails meanwhile', async () => {
    const [other, watch] = [
      new pg.Client({ connectionString: url }),
      new pg.Client({ connectionString: url }),
    ];
    await Promise.all([other.connect(), watch.connect()]);
    await other.query('BEGIN; LOCK TABLE passage IN ACCESS EXCLUSIVE MODE');
    const asked = call(seminar.student, `/api/v1/groups/${seminar.group}/export?format=csv`);
    const waits = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    for (let ended = 0; ended === 0; ) ended = (await watch.query(waits)).rowCount ?? 0;
    const answer = await asked;
    await other.query('ROLLBACK');
    await Promise.all([other.end(), watch.end()]);
    // The connection was ended by an administrator: who asks again in a moment gets the file.
    assert.equal(answer.status, 503);
    assert.ok(Number(answer.headers.get('retry-after')) > 0);
    assert.match(answer.headers.get('content-type') ?? '', /^application\/problem\+json/);
    await exportAs(seminar.student, seminar.group, 'format=csv');
  });

  const isWhole: Record<string, (file: Buffer) => unknown> = {
    jsonld: (file) => JSON.parse(file.toString()),
    tei: (file) => {
      const parser = new SaxesParser({});
      parser.on('error', fail);
      parser.write(file.toString()).close();
    },
    zip: unzip,
  };

  for (const [format, check] of Object.entries(isWhole)) {
    it(`${format}: does not open wherever it is cut`, async () => {
      const { bytes } = await exportAs(seminar.student, seminar.group, `format=${format}`);
      await check(bytes);
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 1, max: bytes.length - 2 }), async (length) => {
          await assert.rejects(async () => check(bytes.subarray(0, length)));
        }),
        { numRuns: 60 },
      );
    });
  }
});

function fail(error: Error): never {
  throw error;
}
