import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import {
  parseW3CTextAnnotation,
  serializeW3CTextAnnotation,
  type TextAnnotation,
  W3CTextFormat,
} from '@recogito/text-annotator';
import { freshDatabase } from '../support/fresh-database';
import {
  call,
  createSeminar,
  createUserWithToken,
  postGloss,
  postReply,
  publishSampleEdition,
  type TestUser,
} from '../support/seminar';

const ADDRESS = 'http://localhost:3000';
const SOURCE = `${ADDRESS}/editions/gheorghiu-2009/doc1`;
const LD = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"';
type W3C = Parameters<typeof parseW3CTextAnnotation>[0];

function parseAll(annotations: W3C[]) {
  const results = annotations.map((annotation) => W3CTextFormat(SOURCE).parse(annotation));
  return {
    parsed: results.flatMap(({ parsed }) => (parsed ? [parsed] : [])),
    failed: results.flatMap(({ error }) => (error ? [error] : [])),
  };
}

describe('Recogito Text Annotator, a client of other people, at our container', () => {
  let student: TestUser;
  let group = '';
  let text = '';

  before(async () => {
    await freshDatabase();
    await publishSampleEdition();
    student = await createUserWithToken('student');
    group = await createSeminar({ student: { somebody: student, role: 'student' } });
    text = (await (await call(student, '/api/v1/editions/gheorghiu-2009/sections/doc1')).json()).text;
  });

  /** Everything in the container, as the client would fetch it. */
  async function annotations(): Promise<W3C[]> {
    const found: W3C[] = [];
    let { first: page } = await (await call(student, `/groups/${group}/annotations/`)).json();
    while (page) {
      found.push(...page.items);
      page = page.next ? await (await call(student, page.next.slice(ADDRESS.length))).json() : null;
    }
    return found;
  }

  it('reads every gloss, and finds its passage in the text', async () => {
    const words = [...text.matchAll(/\p{Lu}?\p{Ll}{9,} \p{Ll}{5,}/gu)].slice(0, 110).map(String);
    assert.equal(words.length, 110, 'the container has one page only');
    let last = 0;
    for (const exact of words) {
      const start = text.indexOf(exact, last);
      last = start + exact.length;
      await postGloss(student, group, { start, end: last, body: `On ${exact}`, tags: ['press'] });
    }
    await postReply(student, (await postGloss(student, group)).id);
    // A reply stands on another annotation and not on a text: it is nothing for this client.
    const glosses = (await annotations()).filter(({ motivation }) => motivation !== 'replying');
    const { parsed, failed } = parseAll(glosses);
    assert.deepEqual(failed, []);
    assert.equal(parsed.length, words.length + 1);
    for (const [n, { id, bodies, target }] of parsed.slice(0, -1).entries()) {
      const [selector] = target.selector;
      assert.equal(selector?.quote, words[n]);
      assert.equal(text.slice(selector?.start, selector?.end), words[n]);
      assert.deepEqual(
        bodies.map(({ value, purpose }) => [value, purpose]),
        [
          [`On ${words[n]}`, 'commenting'],
          ['press', 'tagging'],
        ],
      );
      assert.equal(target.creator?.name, 'student');
      assert.ok(id.startsWith(`${ADDRESS}/groups/${group}/annotations/`));
    }
  });

  it('writes a gloss of its own, changes it, and reads back what it wrote', async () => {
    const quote = 'нездоровой шумихи';
    const start = text.indexOf(quote);
    const own: TextAnnotation = {
      id: 'urn:uuid:0192f4a6-5f0e-7cc1-a3b1-0d5b4a2c7e11',
      bodies: [
        {
          id: 'urn:uuid:0192f4a6-5f0e-7cc1-a3b1-0d5b4a2c7e12',
          annotation: '1',
          type: 'TextualBody',
          purpose: 'commenting',
          value: 'Which ones?',
        },
      ],
      target: { annotation: '1', selector: [{ quote, start, end: start + quote.length }] },
    } as unknown as TextAnnotation;
    const sent = serializeW3CTextAnnotation(own, SOURCE);
    const headers = { 'content-type': LD };
    const made = await call(student, `/groups/${group}/annotations/`, { body: sent, headers });
    assert.equal(made.status, 201, await made.clone().text());
    const path = (made.headers.get('location') ?? '').slice(ADDRESS.length);

    const read = await call(student, path);
    const { parsed, error } = parseW3CTextAnnotation(await read.json());
    assert.equal(error, undefined);
    const [selector] = parsed?.target.selector ?? [];
    assert.deepEqual([selector?.quote, selector?.start, selector?.end], [quote, start, start + quote.length]);
    const kept = await (await call(student, `/api/v1/annotations/${path.split('/').at(-1)}`)).json();
    assert.deepEqual(
      [kept.anchor, kept.start, kept.end, kept.body],
      ['exact', start, start + quote.length, 'Which ones?'],
    );

    const changed = serializeW3CTextAnnotation(
      { ...(parsed as TextAnnotation), bodies: [{ ...own.bodies[0], value: 'All of them?' } as never] },
      SOURCE,
    );
    const put = await call(student, path, {
      method: 'PUT',
      body: changed,
      headers: { ...headers, 'if-match': read.headers.get('etag') ?? '' },
    });
    assert.equal(put.status, 200, await put.clone().text());
    const again = parseW3CTextAnnotation(await (await call(student, path)).json());
    assert.deepEqual(
      again.parsed?.bodies.map(({ value }) => value),
      ['All of them?'],
    );
    assert.deepEqual(again.parsed?.target.selector, parsed?.target.selector);
  });
});
