import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { describe, it } from 'node:test';
import compile from 'icu-minify/compile';
import { locales } from '@/lib/i18n';
import { catalogues, type Namespace } from '@/lib/i18n/catalogues';

/** Kinds 1 to 3 of a compiled argument: select, plural, selectordinal. */
const CHOOSING = [1, 2, 3];

/**
 * Names of the arguments and tags in a message, in order, without repeats; without `choosing` those left out that do
 * nothing but choose a branch, which another language may not need.
 */
function argumentsIn(text: string, { choosing = true } = {}): string[] {
  const found = new Set<string>();
  function visit(nodes: unknown): void {
    if (!Array.isArray(nodes)) return;
    for (const node of nodes) {
      if (!Array.isArray(node)) continue;
      const [name, kind, branches] = node;
      if (choosing || !CHOOSING.includes(kind)) found.add(name);
      // A typed argument is [name, kind, branches or style]; a tag is [name, ...nodes], and a 0 in it is a "#".
      if (typeof kind !== 'number' || kind === 0) visit(node.slice(1));
      else if (typeof branches === 'object') for (const branch of Object.values(branches)) visit(branch);
    }
  }
  visit(compile(text));
  return [...found].sort();
}

const namespaces = Object.keys(catalogues) as Namespace[];

describe('the catalogues', () => {
  for (const namespace of namespaces) {
    it(`${namespace}: every language has the same keys and the same arguments`, () => {
      const english: Record<string, string> = catalogues[namespace].en;
      for (const locale of locales) {
        const texts: Record<string, string> = catalogues[namespace][locale];
        assert.deepEqual(Object.keys(texts).sort(), Object.keys(english).sort(), `${namespace}.${locale}`);
        for (const [key, text] of Object.entries(texts)) {
          const wanted = argumentsIn(english[key]!);
          const needed = argumentsIn(english[key]!, { choosing: false });
          const used = argumentsIn(text);
          assert.deepEqual(
            used.filter((name) => !wanted.includes(name)),
            [],
            `${namespace}.${locale} ${key} uses what it is not given`,
          );
          assert.deepEqual(
            needed.filter((name) => !used.includes(name)),
            [],
            `${namespace}.${locale} ${key} leaves out what it is given`,
          );
          assert.notEqual(text.trim(), '', `${namespace}.${locale} ${key} is empty`);
        }
      }
    });
  }

  it('every file in the folder is used', async () => {
    const files = await readdir('lib/i18n/messages');
    assert.equal(files.length, namespaces.length * locales.length);
  });

  it('Russian plurals have all four branches and Romanian ones three', () => {
    for (const namespace of namespaces) {
      const branches = { ru: ['one', 'few', 'many', 'other'], ro: ['one', 'few', 'other'] };
      for (const [locale, wanted] of Object.entries(branches)) {
        const texts: Record<string, string> = catalogues[namespace][locale as 'ru' | 'ro'];
        for (const [key, text] of Object.entries(texts)) {
          if (!text.includes(', plural,')) continue;
          for (const branch of wanted)
            assert.match(text, new RegExp(`\\b${branch} \\{`), `${namespace}.${locale} ${key}`);
        }
      }
    }
  });

  it('Romanian is written with comma-below letters', () => {
    for (const namespace of namespaces)
      assert.doesNotMatch(JSON.stringify(catalogues[namespace].ro), /[şţŞŢ]/, namespace);
  });
});

describe('argumentsIn', () => {
  it('sees plain, plural and rich arguments, also inside branches', () => {
    assert.deepEqual(
      argumentsIn('{n, plural, one {# of {all}} other {<b>#</b> {who}}} at {when, date, long}'),
      ['all', 'b', 'n', 'when', 'who'],
    );
  });
});
