import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { referenceRange } from '@/lib/edition/reference-range';

describe('what a passage is cited by', () => {
  it('is a range of which the second part says only what is different', () => {
    assert.equal(referenceRange('Aen. 2.13', 'Aen. 2.13'), 'Aen. 2.13');
    assert.equal(referenceRange('Aen. 2.13', 'Aen. 2.15'), 'Aen. 2.13–15');
    assert.equal(referenceRange('Aen. 2.804', 'Aen. 3.2'), 'Aen. 2.804–3.2');
    assert.equal(referenceRange('17a', '18c'), '17a–18c');
    assert.equal(referenceRange('113', '115'), '113–115');
    assert.equal(referenceRange('1.2', null), '1.2');
    assert.equal(referenceRange(null, '1.2'), null);
  });
});
