import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { BODY_LIMIT } from '@/lib/annotation/constants';
import { bodyTextOf } from '@/lib/w3c/model/body-text';
import type { IncomingAnnotation } from '@/lib/w3c/schema';
import { fc } from '../../support/seeded-fast-check';
import { annotation } from './annotation-arbitrary';
import cases from './cases.json' with { type: 'json' };

const said = (annotation: object) =>
  bodyTextOf({ target: 'https://example.org/', ...annotation } as IncomingAnnotation);
const body = (body: unknown) => said({ body }).body;
const tags = (body: unknown) => said({ body }).tags;
const text = (value: string, more: object = {}) => ({ type: 'TextualBody', value, ...more });
const html = (value: string) => body(text(value, { format: 'text/html' }));

describe('what an annotation says', () => {
  it('is its bodyValue', () => {
    assert.deepEqual(said({ bodyValue: ' *шумиха* ', motivation: 'tagging' }), {
      body: ' *шумиха* ',
      tags: [],
    });
  });

  it('is its text, plain or Markdown, letter for letter', () => {
    for (const format of [undefined, 'text/plain', 'text/markdown', 'application/x-unknown']) {
      assert.equal(body(text(' a *b*\n\n<c> e\u0301 𝔄', { format })), ' a *b*\n\n<c> e\u0301 𝔄');
    }
  });

  it('is nothing without a body', () => {
    assert.deepEqual(said({}), { body: '', tags: [] });
    assert.deepEqual(said({ body: [] }), { body: '', tags: [] });
    assert.equal(body({ type: 'ex:Widget', 'ex:state': 1 }), '');
    assert.equal(body(text(' \n')), '');
  });

  it('is all bodies, the first of a Choice, and all of another list', () => {
    assert.equal(body([text('a'), text('b')]), 'a\n\nb');
    assert.equal(body({ type: 'Choice', items: [text('да'), text('yes')] }), 'да');
    for (const type of ['Composite', 'List', 'Independents']) {
      assert.equal(
        body({ type, items: [text('a'), { type: 'Choice', items: [text('b'), text('c')] }] }),
        'a\n\nb',
      );
    }
  });

  it('is a link where the body is elsewhere, or what a specific body is about', () => {
    assert.equal(body('https://example.org/a_b*c'), '<https://example.org/a_b*c>');
    assert.equal(
      body({ id: 'https://example.org/', label: 'A *page*' }),
      '[A \\*page\\*](https://example.org/)',
    );
    assert.equal(
      body({ id: 'https://example.org/', name: ['', 'Pagină'] }),
      '[Pagină](https://example.org/)',
    );
    assert.equal(
      body({ id: 'https://example.org/a.png', type: ['Image'], label: 'A map' }),
      '![A map](https://example.org/a.png)',
    );
    assert.equal(
      body({ source: 'https://example.org/', selector: { type: 'CssSelector', value: 'p' } }),
      '<https://example.org/>',
    );
    assert.equal(body({ source: { id: 'https://example.org/', label: 'x' } }), '[x](https://example.org/)');
  });

  it('has no link to what is not on the web, and none that a label makes', () => {
    for (const iri of ['urn:isbn:9780140449136', 'javascript:alert(1)', 'data:text/html,x', 'ex:term']) {
      assert.equal(body(iri), iri);
    }
    const hostile = body({
      id: 'https://example.org/',
      label: 'a](https://evil.example) <img src=x> ![b](c)',
    });
    assert.equal(hostile, '[a\\](https://evil.example) \\<img src=x> !\\[b\\](c)](https://example.org/)');
  });

  it('is for cases as the Recommendation shows them what one would read', () => {
    const read = (number: number) => bodyTextOf(Object(cases)[`case ${number}`]);
    assert.deepEqual(read(1), { body: '<https://letters.example/2>', tags: [] });
    assert.deepEqual(read(5), { body: 'какая _шумиха_!', tags: [] });
    assert.deepEqual(read(6), { body: 'шумиха', tags: [] });
    assert.deepEqual(read(10), { body: '<https://letters.example/24>', tags: [] });
    assert.deepEqual(read(15), {
      body: 'une rumeur',
      tags: ['the printed reading'],
    });
    assert.deepEqual(read(18), { body: '', tags: ['https://letters.example/50'] });
    assert.deepEqual(read(43), { body: '', tags: ['the draft 28'] });
  });
});

describe('HTML in a body', () => {
  it('becomes Markdown', () => {
    const source =
      '<h2>Ü</h2><p>Это <b>не</b> <i>то</i>.<ul><li>a<li>b</ul><p><a href="https://a.example/">x</a>';
    assert.equal(html(source), '## Ü\n\nЭто **не** _то_.\n\n- a\n- b\n\n[x](https://a.example/)');
    assert.equal(html('1 &lt; 2 *x*'), '1 < 2 \\*x\\*');
    assert.equal(body(text('<p>x', { format: ['application/xhtml+xml; charset=utf-8'] })), 'x');
  });

  it('loses what is not text', () => {
    const hostile =
      '<p onclick="a()">x<script>alert(1)</script><style>p{}</style><a href="javascript:a()">y</a>';
    assert.equal(html(hostile), 'xy');
    assert.equal(html('<iframe src="https://evil.example"></iframe><!-- c -->'), '');
  });

  it('is not converted where it is made to take long', () => {
    const start = performance.now();
    const nested = ['<i><object>', '<table><td>', '<a href=x><table>', '<b x=1><p>', '<em><strong>', '<svg>'];
    for (const tag of nested) assert.ok(html(`${tag.repeat(100)}слово`).includes('слово'));
    assert.equal(html(`${'<i>'.repeat(100_000)}слово`), 'слово');
    assert.ok(
      said({ body: Array.from({ length: 100 }, () => text('<b><p>'.repeat(100), { format: 'text/html' })) }),
    );
    assert.ok(performance.now() - start < 20_000);
  });
});

describe('tags', () => {
  it('are the texts and resources that are there for tagging', () => {
    const tag = (value: string) => text(value, { purpose: 'tagging' });
    assert.deepEqual(said({ body: [tag(' пресса '), text('текст'), tag('пресса')] }), {
      body: 'текст',
      tags: ['пресса'],
    });
    assert.deepEqual(tags(text('x', { purpose: 'oa:tagging' })), ['x']);
    assert.deepEqual(tags(text('x', { purpose: ['http://www.w3.org/ns/oa#tagging'] })), ['x']);
    assert.deepEqual(tags({ source: { id: 'https://example.org/1', label: 'City' }, purpose: 'tagging' }), [
      'City',
    ]);
    assert.deepEqual(said({ body: text('x', { purpose: ['tagging', 'commenting'] }) }), {
      body: 'x',
      tags: ['x'],
    });
  });

  it('are texts without a purpose, where tagging is all that the annotation is for', () => {
    assert.deepEqual(said({ motivation: 'tagging', body: text('x') }), { body: '', tags: ['x'] });
    assert.deepEqual(said({ motivation: ['tagging', 'commenting'], body: text('x') }), {
      body: 'x',
      tags: [],
    });
    assert.deepEqual(said({ motivation: 'tagging', body: text('x', { purpose: 'commenting' }) }), {
      body: 'x',
      tags: [],
    });
  });

  it('are those that a note may have: 20, of up to 100 characters', () => {
    const many = Array.from({ length: 30 }, (_, i) => text(`t${i}`, { purpose: 'tagging' }));
    assert.deepEqual(
      tags(many),
      Array.from({ length: 20 }, (_, i) => `t${i}`),
    );
    assert.deepEqual(
      tags([text('x'.repeat(101), { purpose: 'tagging' }), text(' ', { purpose: 'tagging' })]),
      [],
    );
    assert.deepEqual(tags(text('x'.repeat(100), { purpose: 'tagging' })), ['x'.repeat(100)]);
  });
});

describe('a long text', () => {
  it('is cut between two letters, and says so', () => {
    assert.equal(body(text('я'.repeat(BODY_LIMIT))), 'я'.repeat(BODY_LIMIT));
    for (const letter of ['я', '𝔄', 'e\u0301', '👩‍👩‍👧']) {
      const short = body(text(letter.repeat(BODY_LIMIT + 1)));
      assert.ok(short.length <= BODY_LIMIT && short.length > BODY_LIMIT - 20);
      assert.match(short.slice(-7), /\n\n\[…\]$/);
      assert.equal(short.replace(/\n\n\[…\]$/, '').replaceAll(letter, ''), '');
    }
  });
});

describe('any valid annotation', () => {
  it('has a text and tags that a note of ours may have', () => {
    fc.assert(
      fc.property(annotation, (json) => {
        const { body, tags } = bodyTextOf(json as IncomingAnnotation);
        assert.ok(body.length <= BODY_LIMIT && body.isWellFormed());
        assert.ok(tags.length <= 20 && new Set(tags).size === tags.length);
        for (const tag of tags) assert.ok(tag.length > 0 && tag.length <= 100 && tag === tag.trim());
      }),
      { numRuns: 500 },
    );
  });
});
