import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { PROBLEM_TITLES } from '@/lib/http/problem-details';
import { catalogues } from '@/lib/i18n/catalogues';

/** Where sentences for the caller stand in the code: refusals, faults of fields, messages of schemas. */
const PLACES = [
  /new AppError\(\s*'\w+',\s*'((?:[^'\\]|\\.)+)'/g,
  /(?:invalidField|fault)\(\s*(?:'[^']*'|\w+),\s*'((?:[^'\\]|\\.)+)'/g,
  /\breport\(\s*(?:[^,()]|\([^()]*\))+,\s*'((?:[^'\\]|\\.)+)'/g,
  /\b(?:message|detail): '((?:[^'\\]|\\.)+)'/g,
  /\.refine\((?:[^()]|\([^()]*\))*,\s*'((?:[^'\\]|\\.)+)'/g,
];

function filesOf(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const place = path.join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'generated' ? [] : filesOf(place);
    return /\.tsx?$/.test(entry.name) ? [place] : [];
  });
}

/** What the operator alone reads, at the command line, is in English. */
const FOR_THE_OPERATOR =
  /lib[/\\](edition[/\\](parse-tei|tei-|canonical-text|store)|config|db|identity[/\\]account)/;

const sentences = new Set(
  filesOf('lib')
    .filter((file) => !FOR_THE_OPERATOR.test(file))
    .flatMap((file) => {
      const code = readFileSync(file, 'utf8');
      return PLACES.flatMap((place) => [...code.matchAll(place)].map(([, sentence]) => sentence as string));
    })
    .concat(Object.values(PROBLEM_TITLES)),
);

describe('what a problem says', () => {
  it('was found in the code', () => {
    assert.ok(sentences.size > 60, `only ${sentences.size} sentences were seen`);
  });

  for (const locale of ['en', 'ru', 'ro'] as const) {
    it(`is said in ${locale}`, () => {
      const known: Record<string, string> = catalogues.problems[locale];
      assert.deepEqual(
        [...sentences].filter((sentence) => !(sentence in known)),
        [],
      );
    });
  }
});
