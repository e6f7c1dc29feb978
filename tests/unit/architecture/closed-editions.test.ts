import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { type SourceFile, sourceFiles } from './source-files';

/**
 * What reads an edition without asking who reads it, by name, with the only files outside its room that may use it and
 * the reason. Everything else takes the viewer first (docs/decisions/0021-closed-editions.md).
 */
const SIDE_DOORS: Record<string, { users: string[]; reason: string }> = {
  getTextBehindRow: {
    users: ['lib/anchor/list-pending.ts'],
    reason: 'the rows came through the visibility condition, which asks for the edition too',
  },
  recallEditionState: {
    users: ['server.ts'],
    reason: 'the cache of pages checks who asks before it serves the page of a closed edition',
  },
  operator: {
    users: ['lib/group/page-viewer.ts'],
    reason: 'the cache has pages rendered by a viewer who reads every edition; it is no request of anybody',
  },
};

/** The uses of a side door in files that are not listed, but for the command line and the seed, which nobody asks. */
function strayUses(files: Pick<SourceFile, 'path' | 'room' | 'code'>[]): string[] {
  return files
    .filter(({ room }) => !['edition', 'seed', 'scripts'].includes(room))
    .flatMap(({ path, code }) =>
      Object.entries(SIDE_DOORS)
        .filter(([name, { users }]) => namesImported(code).has(name) && !users.includes(path))
        .map(([name]) => `${path} uses ${name}`),
    );
}

/** The names that a file imports or passes on from others. */
function namesImported(code: string): Set<string> {
  return new Set(
    [...code.matchAll(/(?:import|export) (?:type )?\{([^}]*)\} from/g)].flatMap(([, names = '']) =>
      names.split(',').map(
        (name) =>
          name
            .trim()
            .replace(/^type /, '')
            .split(' as ')[0] as string,
      ),
    ),
  );
}

/** The functions of a file that read by name (`getX`, `listX`, `findX`) and do not take a viewer first. */
function viewerless(code: string): string[] {
  return [...code.matchAll(/^export (?:async )?function ((?:get|list|find)\w+)\(\s*(\w+)?/gm)].flatMap(
    ([, name = '', first]) => (first === 'viewer' || name in SIDE_DOORS ? [] : [name]),
  );
}

describe('reads of editions', () => {
  it('take the viewer first, so that nobody forgets to ask', () => {
    for (const path of ['lib/edition/index.ts', 'lib/edition/access/index.ts'])
      assert.deepEqual(viewerless(readFileSync(path, 'utf8')), [], path);
    const canvases = viewerless(readFileSync('lib/canvas/read.ts', 'utf8'));
    assert.deepEqual(canvases, []);
  });

  it('go through a side door where the list says why, and nowhere else', () => {
    assert.deepEqual(strayUses(sourceFiles), []);
    for (const [name, { users }] of Object.entries(SIDE_DOORS))
      for (const path of users) assert.match(readFileSync(path, 'utf8'), new RegExp(`\\b${name}\\b`), path);
  });

  it('would be caught at each of these', () => {
    const file = (path: string, code: string) => ({ path, room: 'api', code });
    const planted = "import { getTextBehindRow } from '@/lib/edition';";
    assert.deepEqual(strayUses([file('lib/api/x.ts', planted)]), ['lib/api/x.ts uses getTextBehindRow']);
    assert.equal(
      strayUses([file('app/x.ts', "import { anonymous, operator } from '@/lib/identity';")]).length,
      1,
    );
    assert.deepEqual(viewerless('export async function getEdition(slug: string) {'), ['getEdition']);
    assert.deepEqual(viewerless('export async function getEdition(\n  viewer: Viewer,\n) {'), []);
  });
});
