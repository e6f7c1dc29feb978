import assert from 'node:assert/strict';
import { subscribe } from 'node:diagnostics_channel';
import { readdirSync, readlinkSync } from 'node:fs';
import { platform } from 'node:os';
import { after, before, describe, it } from 'node:test';
import type { Worker } from 'node:worker_threads';
import pg from 'pg';
import { type ExportFile, exportGroup } from '@/lib/export';
import { operatorAsStaff } from '@/lib/group';
import { operator } from '@/lib/identity';
import { unzip } from '@/lib/kernel/unzip';
import { createExportSeminar, type ExportSeminar } from '../../support/export-seminar';
import { freshDatabase } from '../../support/fresh-database';

/** The threads that were begun, the newest last. */
const threads: Worker[] = [];
subscribe('worker_threads', (message) => threads.push((message as { worker: Worker }).worker));

/** How many files of exports this process has open. */
function openFiles(): number {
  return readdirSync('/proc/self/fd').filter((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`).includes('scholion-export-');
    } catch {
      return false;
    }
  }).length;
}

async function bytesOf({ bytes }: ExportFile): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  return Buffer.concat(chunks);
}

describe('the archive of a group', {
  skip: platform() !== 'linux' && 'Linux alone says which files are open.',
}, () => {
  let seminar: ExportSeminar;
  let database: pg.Client;

  before(async () => {
    const url = await freshDatabase();
    seminar = await createExportSeminar();
    database = new pg.Client({ connectionString: url });
    await database.connect();
  });
  after(() => database.end());

  const archive = async () =>
    exportGroup(await operatorAsStaff(operator, seminar.group), seminar.group, 'zip', {}, 'en');

  /** Runs `work` while a table is not there. */
  async function without(table: string, work: () => Promise<void>): Promise<void> {
    await database.query(`ALTER TABLE "${table}" RENAME TO away`);
    await work().finally(() => database.query(`ALTER TABLE away RENAME TO "${table}"`));
  }

  it('leaves neither a file open nor a thread when it is whole', async () => {
    const made = await archive();
    assert.ok(openFiles() > 0);
    assert.ok((await unzip(await bytesOf(made))).size > 8);
    await made.close();
    assert.deepEqual([openFiles(), threads.at(-1)?.threadId], [0, -1]);
  });

  it('leaves no file open where its pictures cannot be listed', async () => {
    await without('image', async () => {
      await assert.rejects(archive());
      assert.equal(openFiles(), 0);
    });
  });

  it('breaks off where the thread that writes a part of it dies', async () => {
    const made = await archive();
    const begun = threads.length;
    const read = assert.rejects(bytesOf(made), /ended early/);
    while (threads.length === begun) await new Promise(setImmediate);
    await threads.at(-1)?.terminate();
    await read;
    await made.close();
    assert.equal(openFiles(), 0);
  });

  it('breaks off where what that thread asks for cannot be read, and ends the thread', async () => {
    const made = await archive();
    await without('edition', () => assert.rejects(bytesOf(made), /edition/));
    await made.close();
    assert.deepEqual([openFiles(), threads.at(-1)?.threadId], [0, -1]);
  });

  it('ends the thread for whoever goes away', async () => {
    const made = await archive();
    const begun = threads.length;
    const read = bytesOf(made).catch(() => 'broken off');
    while (threads.length === begun) await new Promise(setImmediate);
    const thread = threads.at(-1);
    assert.notEqual(thread?.threadId, -1);
    await made.close();
    assert.deepEqual([openFiles(), thread?.threadId], [0, -1]);
    assert.equal(await read, 'broken off');
  });

  it('begins no thread for whoever goes away before', async () => {
    const made = await archive();
    const begun = threads.length;
    await made.close();
    await assert.rejects(bytesOf(made));
    assert.deepEqual([openFiles(), threads.length], [0, begun]);
  });
});
