import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { clothOf, initialsOf } from '@/app/_ui/initials';

describe('the initials of a person', () => {
  for (const [name, initials] of [
    ['Irina Ionescu', 'Io'],
    ['Sofia Stan', 'St'],
    ['Sarah Smith', 'Sm'],
    ['Zoë van der Meer', 'ZM'],
    ['Дарья Соколова', 'ДС'],
    ['ioana țurcanu', 'IȚ'],
    ['Plato', 'Pl'],
    ['محمد كرد', 'مك'],
    ['𐌀𐌁 𐌂', '𐌀𐌂'],
    ['***', '?'],
    ['', '?'],
  ] as const) {
    it(`of “${name}” are ${initials}`, () => assert.equal(initialsOf(name), initials));
  }
  it('stand on one of six cloths, always the same for one name', () => {
    const cloths = new Set(Array.from({ length: 200 }, (_, i) => clothOf(`person ${i}`)));
    assert.deepEqual([...cloths].sort(), [1, 2, 3, 4, 5, 6]);
    assert.equal(clothOf('Sofia Stan'), clothOf('Sofia Stan'));
  });
});
