import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { db } from '@/lib/db';
import { newId } from '@/lib/kernel/ids';
import { freshDatabase } from '../support/fresh-database';
import {
  call,
  createSeminar,
  createUserWithToken,
  postGloss,
  publishSampleEdition,
  type TestUser,
} from '../support/seminar';

const ADDRESS = 'http://localhost:3000';
const NOTES = 2_000;
type Page = { items: (string | { id: string })[]; next?: string; prev?: string; startIndex: number };

describe('the pages of a container while others write', () => {
  let reader: TestUser;
  let writer: TestUser;
  let group = '';
  /** Every note, in order; those at `n % 7 === 3` are deleted while the pages are read. */
  let iris: string[] = [];
  let bound: Set<string>;

  before(async () => {
    await freshDatabase();
    await publishSampleEdition();
    [reader, writer] = [await createUserWithToken('reader'), await createUserWithToken('writer')];
    group = await createSeminar({
      reader: { somebody: reader, role: 'reader' },
      writer: { somebody: writer, role: 'student' },
    });
    const { id: groupId } = await db.group.findUniqueOrThrow({ where: { slug: group } });
    const ids = Array.from({ length: NOTES }, () => newId());
    await db.annotation.createMany({
      data: ids.map((id, n) => ({
        groupId,
        id,
        rootId: id,
        authorId: writer.id,
        edition: 'gheorghiu-2009',
        section: 'doc1',
        ...{ body: `Note ${n}`, tags: [], revision: 1 },
      })),
    });
    iris = ids.map((id) => `${ADDRESS}/groups/${group}/annotations/${id}`);
    // In an order of their own: before the reader and behind.
    bound = new Set(
      iris.map((_, n) => (n * 1_237) % NOTES).flatMap((n) => (n % 7 === 3 ? (iris[n] as string) : [])),
    );
  });

  const pageAt = async (iri: string): Promise<Page> => {
    const response = await call(reader, iri.slice(ADDRESS.length));
    assert.equal(response.status, 200, iri);
    return response.json();
  };
  const idsOf = ({ items }: Page) => items.map((item) => (typeof item === 'string' ? item : item.id));

  it('lose and double none of those that were there throughout', async () => {
    let isRead = false;
    const [deleted, written] = [[] as string[], [] as string[]];
    const waiting = [...bound];
    const write = async () => {
      for (let iri = waiting.shift(); iri && !isRead; iri = waiting.shift()) {
        const gone = await call(writer, iri.slice(ADDRESS.length), {
          method: 'DELETE',
          headers: { 'if-match': '*' },
        });
        assert.equal(gone.status, 204);
        deleted.push(iri);
        written.push((await postGloss(writer, group)).iri);
      }
    };
    const writing = Promise.all([write(), write(), write(), write()]);
    const seen: string[] = [];
    let next: string | undefined = `${ADDRESS}/groups/${group}/annotations/?page=0`;
    while (next) {
      const page = await pageAt(next);
      seen.push(...idsOf(page));
      next = page.next;
    }
    isRead = true;
    await writing;
    assert.ok(deleted.length > 10 && written.length > 10, `only ${deleted.length} were deleted meanwhile`);
    assert.equal(new Set(seen).size, seen.length, 'one came twice');
    const found = new Set(seen);
    const lost = iris.filter((iri) => !bound.has(iri) && !found.has(iri));
    assert.deepEqual(lost, []);
    assert.deepEqual([...seen].sort(), seen, 'they came out of order');
    console.log(`${seen.length} read, ${deleted.length} deleted and ${written.length} written meanwhile`);
  });

  it('lead on from a page whose every successor was deleted, to an empty last page', async () => {
    const { last } = await (await call(reader, `/groups/${group}/annotations/?iris=1`)).json();
    const end = idsOf(await pageAt(last));
    for (const iri of end) {
      await call(writer, iri.slice(ADDRESS.length), { method: 'DELETE', headers: { 'if-match': '*' } });
    }
    const page = await pageAt(last);
    assert.deepEqual([page.items, page.next], [[], undefined]);
    const before = idsOf(await pageAt(page.prev ?? ''));
    const { last: now } = await (await call(reader, `/groups/${group}/annotations/?iris=1`)).json();
    assert.equal(before.at(-1), idsOf(await pageAt(now)).at(-1));
  });

  it('are to be had by their number alone, as long as they are there', async () => {
    const container = `${ADDRESS}/groups/${group}/annotations/`;
    const all = (await (await call(reader, `/groups/${group}/annotations/`)).json()).total;
    const third = await pageAt(`${container}?page=3`);
    assert.equal(third.startIndex, 300);
    assert.equal(idsOf(await pageAt(third.next ?? '')).length, 100);
    assert.deepEqual(idsOf(await pageAt((await pageAt(third.next ?? '')).prev ?? '')), idsOf(third));
    for (const page of [Math.ceil(all / 100), 999, '1e3', '01', '-1', '', 'x', '99999999999999999999']) {
      const response = await call(reader, `/groups/${group}/annotations/?page=${page}`);
      assert.equal(response.status, 404, `page=${page}`);
    }
    for (const after of ['x', '', "'; DROP TABLE annotation; --"]) {
      const query = `page=1&after=${encodeURIComponent(after)}`;
      assert.equal((await call(reader, `/groups/${group}/annotations/?${query}`)).status, 404, after);
    }
  });
});
