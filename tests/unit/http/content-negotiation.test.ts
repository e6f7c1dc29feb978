import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkWritePreconditions, evaluateReadConditions } from '@/lib/http/conditional-requests';
import { preferredOffer } from '@/lib/http/content-negotiation';
import { parsePrefer } from '@/lib/http/prefer-header';
import { AppError } from '@/lib/kernel/errors';
import { fc } from '../../support/seeded-fast-check';

const PROFILE = 'http://www.w3.org/ns/anno.jsonld';
const OFFERS = [
  { type: 'application/ld+json', profile: PROFILE },
  { type: 'text/turtle' },
  { type: 'application/json' },
  { type: 'text/html' },
];
const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8';

describe('Accept', () => {
  const taken = (accept: string | undefined) => preferredOffer(accept, OFFERS)?.type ?? null;

  it('is answered with what it likes best, and among equals with what the server likes', () => {
    const cases: [string | undefined, string | null][] = [
      [undefined, 'application/ld+json'],
      ['', 'application/ld+json'],
      ['*/*', 'application/ld+json'],
      [BROWSER, 'text/html'],
      ['application/json', 'application/json'],
      ['application/*', 'application/ld+json'],
      ['text/*', 'text/turtle'],
      ['TEXT/Turtle', 'text/turtle'],
      ['text/turtle, application/ld+json', 'application/ld+json'],
      ['text/turtle;q=0.9, application/ld+json;q=0.1', 'text/turtle'],
      ['text/turtle;q=0.9, */*;q=0.1', 'text/turtle'],
      ['application/ld+json;q=0, */*', 'text/turtle'],
      ['application/ld+json;q=0', null],
      ['image/png', null],
      ['*/*;q=0', null],
    ];
    for (const [accept, type] of cases) assert.equal(taken(accept), type, String(accept));
  });

  it('is read by its most specific range, wherever that stands', () => {
    assert.equal(
      taken('application/ld+json;q=0.9, application/*;q=0.1, text/turtle;q=0.5'),
      'application/ld+json',
    );
    assert.equal(
      taken('*/*, application/ld+json;q=0.2, text/turtle;q=0.3, text/html;q=0.1, application/json;q=0'),
      'text/turtle',
    );
    const strict = `application/ld+json;q=0.1, application/ld+json;profile="${PROFILE}";q=0.9, text/turtle;q=0.5`;
    assert.equal(taken(strict), 'application/ld+json');
  });

  it('takes an unknown profile for a hint, and a list of profiles for any of them', () => {
    for (const profile of ['urn:x', `urn:x ${PROFILE}`, `${PROFILE} http://www.w3.org/ns/json-ld#compacted`])
      assert.equal(taken(`application/ld+json; profile="${profile}"`), 'application/ld+json', profile);
    assert.equal(
      taken('application/ld+json;profile="urn:x";q=0, application/ld+json'),
      'application/ld+json',
    );
  });

  it('is never answered with what has the weight 0, whatever else it says', () => {
    const types = OFFERS.map(({ type }) => type);
    const range = fc.record({
      type: fc.constantFrom(...types, 'image/png', 'audio/*'),
      weight: fc.constantFrom('0', '0.001', '0.5', '1'),
    });
    fc.assert(
      fc.property(fc.uniqueArray(range, { selector: ({ type }) => type, minLength: 1 }), (ranges) => {
        const best = taken(ranges.map(({ type, weight }) => `${type};q=${weight}`).join(', '));
        const weightOf = (type: string) => Number(ranges.find((range) => range.type === type)?.weight ?? 0);
        const most = Math.max(...types.map(weightOf));
        assert.equal(best === null ? 0 : weightOf(best), most);
      }),
    );
  });

  it('may be anything at all', () => {
    fc.assert(fc.property(fc.string(), (accept) => void taken(accept)));
  });
});

describe('Prefer', () => {
  it('is read as RFC 7240 writes it', () => {
    const value =
      'respond-async, wait = 100, Return=representation; include="a b, c; d" ; OMIT=x, return=minimal';
    const found = parsePrefer(value);
    assert.deepEqual([...found.keys()], ['respond-async', 'wait', 'return']);
    assert.equal(found.get('wait')?.value, '100');
    assert.equal(found.get('return')?.value, 'representation');
    assert.deepEqual(
      [...(found.get('return')?.parameters ?? [])],
      [
        ['include', 'a b, c; d'],
        ['omit', 'x'],
      ],
    );
  });

  it('gives back what was put into it', () => {
    const token = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/);
    const text = fc.stringMatching(/^[ -~]{0,20}$/);
    const preference = fc.record({ value: text, parameters: fc.dictionary(token, text) });
    fc.assert(
      fc.property(fc.dictionary(token, preference, { minKeys: 1 }), (preferences) => {
        const quoted = (value: string) => `"${value.replace(/["\\]/g, '\\$&')}"`;
        const header = Object.entries(preferences)
          .map(([name, { value, parameters }]) =>
            [
              `${name}=${quoted(value)}`,
              ...Object.entries(parameters).map(([key, text]) => `${key}=${quoted(text)}`),
            ].join(' ; '),
          )
          .join(', ');
        const found = parsePrefer(header);
        assert.deepEqual(
          [...found].map(([name, { value, parameters }]) => [name, value, [...parameters]]),
          Object.entries(preferences).map(([name, { value, parameters }]) => [
            name,
            value,
            Object.entries(parameters),
          ]),
        );
      }),
    );
  });

  it('may be anything at all', () => {
    assert.deepEqual([...parsePrefer(undefined)], []);
    assert.deepEqual([...parsePrefer(';;,=,"open')], []);
    fc.assert(fc.property(fc.string(), (prefer) => void parsePrefer(prefer)));
  });
});

describe('conditions', () => {
  const headers = (entries: Record<string, string>) => new Headers(entries);
  const codeOf = (act: () => unknown): string => {
    try {
      return String(act());
    } catch (error) {
      if (error instanceof AppError) return error.code;
      throw error;
    }
  };

  it('of a writer compare strongly, and one tag of a list is enough', () => {
    const cases: [Record<string, string>, string][] = [
      [{}, 'precondition_required'],
      [{ 'if-match': ' ' }, 'precondition_required'],
      [{ 'if-match': '"a"' }, 'current'],
      [{ 'if-match': '"x, y", W/"b", "b"' }, 'current'],
      [{ 'if-match': '*' }, 'any'],
      [{ 'if-match': 'W/"a"' }, 'stale'],
      [{ 'if-match': 'a' }, 'stale'],
      [{ 'if-match': '"x", "*"' }, 'stale'],
      [{ 'if-match': '"a"', 'if-none-match': '*' }, 'stale'],
      [{ 'if-match': '"a"', 'if-none-match': '"x"' }, 'current'],
    ];
    for (const [given, outcome] of cases)
      assert.equal(
        codeOf(() => checkWritePreconditions(headers(given), ['"a"', '"b"'])),
        outcome,
        JSON.stringify(given),
      );
  });

  it('of a reader compare weakly', () => {
    const cases: [Record<string, string>, string][] = [
      [{}, 'changed'],
      [{ 'if-none-match': '"a"' }, 'unchanged'],
      [{ 'if-none-match': 'W/"a"' }, 'unchanged'],
      [{ 'if-none-match': '"x", W/"a"' }, 'unchanged'],
      [{ 'if-none-match': '*' }, 'unchanged'],
      [{ 'if-none-match': '"x"' }, 'changed'],
      [{ 'if-none-match': 'a' }, 'changed'],
      [{ 'if-match': '"a"' }, 'changed'],
      [{ 'if-match': '"x"' }, 'stale'],
      [{ 'if-match': 'W/"a"' }, 'stale'],
    ];
    for (const [given, outcome] of cases)
      assert.equal(
        codeOf(() => evaluateReadConditions(headers(given), '"a"')),
        outcome,
        JSON.stringify(given),
      );
  });
});
