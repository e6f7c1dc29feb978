import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type SourceFile, sourceFiles } from './source-files';

/** The types that a file declares and exports; what it passes on from another file is that one's. */
function exportedTypes({ code }: Pick<SourceFile, 'code'>): string[] {
  return [...code.matchAll(/^export (?:declare )?(?:type|interface|class|enum) (\w+)\b(?!\s*,)/gm)].map(
    ([, name]) => name as string,
  );
}

/** The names that more than one file gives to a type, with those files. */
function sharedNames(files: Pick<SourceFile, 'path' | 'code'>[]): Record<string, string[]> {
  const places = new Map<string, string[]>();
  for (const file of files)
    for (const name of exportedTypes(file)) places.set(name, [...(places.get(name) ?? []), file.path]);
  return Object.fromEntries([...places].filter(([, paths]) => paths.length > 1));
}

const files = sourceFiles.filter(({ path }) => /^(lib|app)\//.test(path));

describe('exported types', () => {
  it('were seen', () => {
    const count = files.flatMap(exportedTypes).length;
    assert.ok(count > 250, `only ${count} types were seen`);
  });

  it('have a name each', () => {
    assert.deepEqual(sharedNames(files), {});
  });

  it('would be caught at each of these', () => {
    const one = { path: 'lib/a/one.ts', code: 'export type Passage = { start: number };' };
    for (const code of [
      'export interface Passage {}',
      'export type Passage<T> = T[];',
      'export class Passage {}',
    ])
      assert.deepEqual(Object.keys(sharedNames([one, { path: 'app/two.ts', code }])), ['Passage'], code);
    const passedOn = { path: 'lib/a/index.ts', code: "export type { Passage } from './one';" };
    assert.deepEqual(sharedNames([one, passedOn]), {});
  });
});
