import assert from 'node:assert/strict';
import path from 'node:path';
import { describe, it } from 'node:test';
import { importsOf, type SourceFile, sourceFiles } from './source-files';

type Graph = Map<string, Set<string>>;

/** Which file imports which, types too: a circle of types still has to be read at once. */
function graphOf(files: Pick<SourceFile, 'path' | 'code'>[]): Graph {
  const known = new Set(files.map(({ path }) => path));
  const endings = ['', '.ts', '.tsx', '/index.ts', '/index.tsx'];
  return new Map(
    files.map((file) => {
      const targets = importsOf(file)
        .map((target) => endings.map((ending) => target + ending).find((name) => known.has(name)))
        .filter((target) => target !== undefined && target !== file.path);
      return [file.path, new Set(targets as string[])];
    }),
  );
}

/** The same of folders. A folder inside another is part of it, so that the two are no circle. */
function foldersOf(files: Graph): Graph {
  const folders: Graph = new Map();
  const isInside = (inner: string, outer: string) => `${inner}/`.startsWith(`${outer}/`);
  for (const [file, targets] of files) {
    const from = path.posix.dirname(file);
    const reached = folders.get(from) ?? new Set();
    for (const to of [...targets].map((target) => path.posix.dirname(target)))
      if (!isInside(from, to) && !isInside(to, from)) reached.add(to);
    folders.set(from, reached);
  }
  return folders;
}

/** The circles of a graph: its strongly connected components of more than one node (Tarjan). */
function circlesOf(graph: Graph): string[][] {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const circles: string[][] = [];
  const visit = (node: string): void => {
    index.set(node, index.size);
    low.set(node, index.get(node) as number);
    stack.push(node);
    for (const next of graph.get(node) ?? []) {
      if (!index.has(next)) visit(next);
      if (stack.includes(next)) low.set(node, Math.min(low.get(node) as number, low.get(next) as number));
    }
    if (low.get(node) !== index.get(node)) return;
    const circle = stack.splice(stack.indexOf(node));
    if (circle.length > 1) circles.push(circle.sort());
  };
  for (const node of graph.keys()) if (!index.has(node)) visit(node);
  return circles;
}

const graph = graphOf(sourceFiles);

describe('imports', () => {
  it('were all seen', () => {
    const edges = [...graph.values()].reduce((sum, { size }) => sum + size, 0);
    assert.ok(graph.size > 350, `only ${graph.size} files were seen`);
    assert.ok(edges > 1_000, `only ${edges} imports were seen`);
    assert.ok(foldersOf(graph).size > 50, 'the folders were not seen');
  });

  it('go in no circle of files', () => {
    assert.deepEqual(circlesOf(graph), []);
  });

  it('go in no circle of folders', () => {
    assert.deepEqual(circlesOf(foldersOf(graph)), []);
  });

  it('would be caught at each of these', () => {
    const file = (name: string, ...targets: string[]) => ({
      path: name,
      code: targets.map((target) => `import { x } from '${target}';`).join('\n'),
    });
    const types = { path: 'lib/a/two.ts', code: "export type { X } from './one';" };
    assert.deepEqual(circlesOf(graphOf([file('lib/a/one.ts', './two'), types])), [
      ['lib/a/one.ts', 'lib/a/two.ts'],
    ]);
    const later = { path: 'app/b/two.tsx', code: "const load = () => import('@/app/b/one');" };
    assert.equal(circlesOf(graphOf([file('app/b/one.tsx', './two'), later])).length, 1);
    const three = [
      file('app/x/one.ts', '../y/two'),
      file('app/y/two.ts', '../z/three'),
      file('app/z/three.ts', '../x/four'),
      file('app/x/four.ts'),
    ];
    assert.deepEqual(circlesOf(graphOf(three)), []);
    assert.deepEqual(circlesOf(foldersOf(graphOf(three))), [['app/x', 'app/y', 'app/z']]);
  });
});
