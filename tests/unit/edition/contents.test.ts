import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { contentsHtml } from '@/app/reader/page/contents-html';
import { contentsOf, hrefOfEntry, neighbourhoodOf, type ShownEntry } from '@/lib/edition/contents';
import type { Division, Edition } from '@/lib/edition/schema';
import { translator } from '@/lib/i18n';
import { madeEdition, madeSection } from '../../support/made-section';

const division = (id: string, section: string, start: number, parent: string | null = null): Division => {
  return { id, section, start, parent, title: id.toUpperCase(), reference: null };
};

/** Two books of chapters: the first on three pages, of which the last goes on with a chapter; and an inner division. */
function books(): Edition {
  const section = (id: string, parent: string | null) =>
    madeSection([{ text: 'words' }], { id, title: id, parent });
  return madeEdition([section('a', null), section('b', 'a'), section('b2', 'b'), section('c', null)], {
    divisions: [
      division('i', 'a', 0),
      division('i.1', 'a', 0, 'i'),
      division('i.2', 'b', 0, 'i'),
      division('i.2.1', 'b', 3, 'i.2'),
      division('c', 'c', 0),
    ],
  });
}

/** `many` flat sections. */
function flat(many: number): Edition {
  const [section] = madeEdition([madeSection([{ text: 'x' }])]).sections;
  assert.ok(section);
  const sections = Array.from({ length: many }, (_, i) => ({
    ...section,
    id: `s${i}`,
    title: `Letter ${i}`,
  }));
  return madeEdition([], { sections });
}

const namesOf = (entries: ShownEntry[]): unknown[] =>
  entries.map(({ entry, children }) => (children.length > 0 ? [entry.id, ...namesOf(children)] : entry.id));

describe('the contents', () => {
  it('are the tree of divisions, with a page that begins within one', () => {
    const { roots, entries } = contentsOf(books());
    assert.deepEqual(
      entries.map(({ id, parent, size }) => [id, parent?.id ?? null, size]),
      [
        ['i', null, 4],
        ['i.1', 'i', 0],
        ['i.2', 'i', 2],
        ['i.2.1', 'i.2', 0],
        ['b2', 'i.2', 0],
        ['c', null, 0],
      ],
    );
    assert.equal(roots.length, 2);
  });

  it('lead to pages, and to what is inside one', () => {
    const { entries } = contentsOf(books());
    assert.deepEqual(
      entries.map((entry) => hrefOfEntry('e', entry, 'b')),
      ['/editions/e/a', '/editions/e/a#i.1', '#i.2', '#i.2.1', '/editions/e/b2', '/editions/e/c'],
    );
  });

  it('show on a page what is above it, around it and in it', () => {
    assert.deepEqual(namesOf(neighbourhoodOf(contentsOf(books()), 'b')), [['i', 'i.1', ['i.2', 'i.2.1']]]);
    assert.deepEqual(namesOf(neighbourhoodOf(contentsOf(flat(100)), 's50')), [
      ...['s47', 's48', 's49', 's50', 's51', 's52', 's53'],
    ]);
  });

  it('of thousands of divisions stay small', () => {
    const size = (edition: Edition) =>
      contentsHtml({ edition, page: '', t: translator('en', 'reading') }).length;
    const [first] = flat(3700).sections;
    assert.ok(first);
    const divisions = Array.from({ length: 3700 }, (_, i) =>
      division(`d${i}`, 's0', i, i % 37 === 0 ? null : `d${i - (i % 37)}`),
    );
    assert.ok(size(flat(3700)) < 30_000);
    assert.ok(size(madeEdition([], { sections: [first], divisions })) < 60_000);
    assert.ok(size(flat(1400)) < 200_000);
  });
});
