import assert from 'node:assert/strict';
import { buffer } from 'node:stream/consumers';
import { describe, it } from 'node:test';
import { ZipFile } from 'yazl';
import { AppError, notFound, nullIfNotFound } from '@/lib/kernel/errors';
import { jsonPointer } from '@/lib/kernel/json-pointer';
import { toListPage } from '@/lib/kernel/list-page';
import { unzip } from '@/lib/kernel/unzip';
import { decodeUri } from '@/lib/kernel/uri';

describe('nullIfNotFound', () => {
  it('gives null for what is not there', async () => {
    assert.equal(await nullIfNotFound(Promise.reject(notFound())), null);
    assert.equal(await nullIfNotFound(Promise.resolve(1)), 1);
  });

  it('takes no other failure for an absence', async () => {
    await assert.rejects(nullIfNotFound(Promise.reject(new Error('The database is away.'))), /away/);
    await assert.rejects(nullIfNotFound(Promise.reject(new AppError('forbidden', 'No.'))), /No/);
  });
});

describe('a JSON pointer', () => {
  it('has its steps escaped (RFC 6901 §5)', () => {
    assert.equal(jsonPointer([]), '');
    assert.equal(jsonPointer(['foo', 0]), '/foo/0');
    assert.equal(jsonPointer(['']), '/');
    assert.equal(jsonPointer(['a/b', 'm~n', '~1']), '/a~1b/m~0n/~01');
  });
});

describe('decodeUri', () => {
  it('gives null for what cannot be decoded', () => {
    assert.equal(decodeUri('%D1%83'), 'у');
    for (const text of ['%', '%zz', '%D1']) assert.equal(decodeUri(text), null);
  });
});

describe('a page of a list', () => {
  const rows = ['a', 'b', 'c'].map((id) => ({ id }));

  it('has the cursor of the next page where there is one', () => {
    assert.deepEqual(toListPage(rows, 2), { items: rows.slice(0, 2), next: 'b' });
    assert.deepEqual(toListPage(rows, 3), { items: rows, next: null });
    assert.deepEqual(toListPage([], 3), { items: [], next: null });
  });
});

describe('unzip', () => {
  async function archive(): Promise<Buffer> {
    const zip = new ZipFile();
    zip.addBuffer(Buffer.from('one'), 'folder/one.txt');
    zip.addBuffer(Buffer.alloc(100_000), 'large.bin');
    zip.end();
    return buffer(zip.outputStream);
  }

  it('gives the files that are wanted', async () => {
    const all = await unzip(await archive());
    assert.deepEqual([...all.keys()], ['folder/one.txt', 'large.bin']);
    const some = await unzip(await archive(), { isWanted: (name) => name.endsWith('.txt') });
    assert.deepEqual(
      [...some].map(([name, bytes]) => [name, bytes.toString()]),
      [['folder/one.txt', 'one']],
    );
  });

  it('stops at the bound of what it unpacks', async () => {
    await assert.rejects(unzip(await archive(), { maxBytes: 50_000 }), { code: 'too_large' });
  });

  it('refuses an archive that is not whole', async () => {
    const whole = await archive();
    await assert.rejects(unzip(whole.subarray(0, whole.length - 30)));
  });
});
