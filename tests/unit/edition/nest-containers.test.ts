import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type NestedBlock, nestContainers } from '@/lib/edition/nest-containers';
import type { Container, Paragraph } from '@/lib/edition/schema';
import { fc } from '../../support/seeded-fast-check';

type Block = { paragraph: Paragraph };

function blockIn(id: number, keys: number[]): Block {
  const containers = keys.map((key): Container => ({ kind: 'block', key }));
  return {
    paragraph: {
      id: String(id),
      start: id,
      end: id + 1,
      language: 'en',
      kind: 'p',
      number: null,
      reference: null,
      containers,
      details: {},
    },
  };
}

function leavesOf(nodes: NestedBlock<Block>[]): Block[] {
  return nodes.flatMap((node) => (node.type === 'block' ? [node.block] : leavesOf(node.children)));
}

describe('what encloses paragraphs', () => {
  it('is one node around neighbours that share it, and another where something stood between', () => {
    const tree = nestContainers([blockIn(1, [1, 2]), blockIn(2, [1, 3]), blockIn(3, []), blockIn(4, [1])]);
    const shape = (nodes: NestedBlock<Block>[]): unknown[] =>
      nodes.map((node) =>
        node.type === 'block' ? node.block.paragraph.id : [node.container.key, ...shape(node.children)],
      );
    assert.deepEqual(shape(tree), [[1, [2, '1'], [3, '2']], '3', [1, '4']]);
  });

  it('keeps every paragraph in its place and its containers around it, and splits none between neighbours', () => {
    const blocks = fc
      .array(fc.array(fc.nat(4), { maxLength: 4 }), { maxLength: 30 })
      .map((all) => all.map((keys, i) => blockIn(i, keys)));
    fc.assert(
      fc.property(blocks, (made) => {
        const tree = nestContainers(made);
        assert.deepEqual(leavesOf(tree), made);
        check(tree, []);
      }),
    );
    function check(nodes: NestedBlock<Block>[], around: number[]): void {
      for (const [i, node] of nodes.entries()) {
        if (node.type === 'block') {
          assert.deepEqual(
            node.block.paragraph.containers.map(({ key }) => key),
            around,
          );
          continue;
        }
        const before = nodes[i - 1];
        assert.ok(before?.type !== 'container' || before.container.key !== node.container.key);
        assert.ok(node.children.length > 0);
        check(node.children, [...around, node.container.key]);
      }
    }
  });

  it('nests no deeper than a browser does', () => {
    const deep = blockIn(
      1,
      Array.from({ length: 5000 }, (_, key) => key),
    );
    let depth = 0;
    for (let [node] = nestContainers([deep]); node?.type === 'container'; [node] = node.children) depth++;
    assert.ok(depth < 100);
  });
});
