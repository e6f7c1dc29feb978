import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { placeAddress, readPlace } from '@/app/reader/place/last-place';
import { fc } from '../../support/seeded-fast-check';

/** Ids as XML has them: a letter, then letters, digits, points, hyphens. */
const id = fc.stringMatching(/^[\p{L}_][\p{L}\d._-]{0,10}$/u);
const place = fc.record(
  { edition: id, section: id, paragraph: fc.option(id), group: fc.option(id) },
  { noNullPrototype: true },
);

describe('the last place', () => {
  it('is read again as it was kept, encoded or not', () => {
    fc.assert(
      fc.property(place, (kept) => {
        const address = placeAddress(kept);
        assert.deepEqual(readPlace(address), kept);
        assert.deepEqual(readPlace(encodeURIComponent(address)), kept);
      }),
    );
  });

  it('of any cookie is a reading page of this site, or none', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string().map((words) => `/editions/${words}`),
      fc.constantFrom(
        '//elsewhere.example/editions/a/b',
        '/\\elsewhere.example/editions/a/b',
        '/editions/../../admin/x',
        '/editions/%2e%2e/%2e%2e',
        '/editions/a/b/c',
        '/editions/a%2F..%2F..%2Fb/c',
        '/editions/a',
        'javascript:alert(1)',
        'https://elsewhere.example/editions/a/b',
        '%',
        '/editions/%E0%A4%A/b',
        '/editions/a/b?group=//elsewhere.example#"><script>',
      ),
    );
    fc.assert(
      fc.property(hostile, (cookie) => {
        const read = readPlace(cookie);
        if (read === null) return;
        const url = new URL(placeAddress(read), 'https://scholion.example');
        assert.equal(url.origin, 'https://scholion.example');
        assert.match(url.pathname, /^\/editions\/[^/]+\/[^/]+$/);
        assert.doesNotMatch(placeAddress(read), /["<>\\]/);
      }),
      { numRuns: 2000 },
    );
  });

  it('is none for a cookie that is empty or too long', () => {
    assert.equal(readPlace(undefined), null);
    assert.equal(readPlace(''), null);
    assert.equal(readPlace(`/editions/a/${'b'.repeat(1000)}`), null);
  });
});
