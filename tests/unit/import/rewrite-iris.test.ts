import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { config } from '@/lib/config';
import { rewriteIris } from '@/lib/import/rewrite-iris';

describe('an annotation of another Scholion', () => {
  const from = 'https://there.example';
  // The settings are read when an address is first asked for; there is no database here.
  process.env.DATABASE_URL ??= 'postgresql://nowhere.example/none';
  process.env.NEXTAUTH_SECRET ??= 'nothing is signed with this, and it is long enough to be taken';
  const { address: here } = config();
  const rebased = (target: unknown) => rewriteIris({ target }, from).target;

  it('speaks of the same section here, in whatever letters it names the address', () => {
    for (const there of [from, 'HTTPS://There.Example'])
      assert.equal(rebased(`${there}/editions/e/Doc1#p3`), `${here}/editions/e/Doc1#p3`);
    assert.equal(rebased(from), here);
  });

  it('keeps what is elsewhere, and the words of a passage', () => {
    for (const iri of [`${from}.evil.example/x`, `${from}:8080/x`, 'https://elsewhere.example/'])
      assert.equal(rebased(iri), iri);
    const selector = { type: 'TextQuoteSelector', exact: `${from}/editions/e` };
    assert.deepEqual(rebased({ source: `${from}/e`, selector }), { source: `${here}/e`, selector });
  });
});
