import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  adjustRegion,
  cornersOf,
  holds,
  nextRegionAt,
  polygonOf,
  readSelector,
  regionsAt,
  selectorOn,
} from '@/app/reader/data/region-geometry';
import { fc } from '../../support/seeded-fast-check';

const CANVAS = { width: 1247, height: 1772 };
const size = fc.record({
  width: fc.integer({ min: 50, max: 9000 }),
  height: fc.integer({ min: 50, max: 9000 }),
});
const rectangle = fc
  .record({
    x: fc.nat(1200),
    y: fc.nat(1700),
    w: fc.integer({ min: 1, max: 47 }),
    h: fc.integer({ min: 1, max: 72 }),
  })
  .map((box) => ({ ...box, svg: null }));
const corner = fc.record({ x: fc.nat(CANVAS.width), y: fc.nat(CANVAS.height) });

describe('a region on an image of another size than its canvas', () => {
  it('is read back as the same rectangle', () => {
    fc.assert(
      fc.property(rectangle, size, (region, image) => {
        assert.deepEqual(readSelector(selectorOn(region, image, CANVAS).value, image, CANVAS), region);
      }),
    );
  });

  it('is read back as the same polygon', () => {
    fc.assert(
      fc.property(fc.array(corner, { minLength: 3, maxLength: 12 }), size, (corners, image) => {
        const region = polygonOf(corners);
        fc.pre(region !== null);
        assert.deepEqual(readSelector(selectorOn(region!, image, CANVAS).value, image, CANVAS), region);
      }),
    );
  });

  it('is cut off at the edges of the canvas, and is none outside', () => {
    assert.deepEqual(readSelector('xywh=pixel:-20,-10,120,60', CANVAS, CANVAS), {
      x: 0,
      y: 0,
      w: 100,
      h: 50,
      svg: null,
    });
    assert.equal(readSelector('xywh=pixel:1300,10,50,50', CANVAS, CANVAS), null);
    assert.equal(readSelector('<svg><circle r="5"/></svg>', CANVAS, CANVAS), null);
  });
});

describe('a polygon', () => {
  it('is none with fewer than three corners that differ', () => {
    const same = { x: 5, y: 5 };
    assert.equal(polygonOf([same, same, { x: 9, y: 9 }, { x: 9, y: 9 }]), null);
  });

  it('has the box around its corners', () => {
    const region = polygonOf([
      { x: 10, y: 40 },
      { x: 50, y: 20 },
      { x: 30, y: 90 },
    ]);
    assert.deepEqual({ ...region, svg: null }, { x: 10, y: 20, w: 40, h: 70, svg: null });
    assert.equal(cornersOf(region!.svg)?.length, 3);
  });

  it('holds what is inside its lines, and not what is only inside its box', () => {
    const triangle = polygonOf([
      { x: 0, y: 0 },
      { x: 100, y: 0 },
      { x: 0, y: 100 },
    ])!;
    assert.equal(holds(triangle, { x: 20, y: 20 }), true);
    assert.equal(holds(triangle, { x: 90, y: 90 }), false);
  });
});

describe('a click where regions layout over each other', () => {
  const page = { id: 'page', x: 0, y: 0, w: 1000, h: 1000, svg: null };
  const line = { id: 'line', x: 100, y: 100, w: 300, h: 20, svg: null };
  const word = { id: 'word', x: 150, y: 100, w: 40, h: 20, svg: null };
  const at = { x: 160, y: 110 };

  it('means the smallest first', () => {
    assert.deepEqual(
      regionsAt([page, line, word], at).map(({ id }) => id),
      ['word', 'line', 'page'],
    );
  });

  it('goes on to the next each time, and round', () => {
    const way: string[] = [];
    for (let i = 0, selected: string | null = null; i < 4; i++) {
      selected = nextRegionAt([page, line, word], at, selected)!.id;
      way.push(selected);
    }
    assert.deepEqual(way, ['word', 'line', 'page', 'word']);
  });

  it('means nothing where there is none', () => {
    assert.equal(nextRegionAt([line, word], { x: 900, y: 900 }, 'word'), undefined);
  });
});

describe('a rectangle that keys move and size', () => {
  it('never leaves its canvas and is never nothing', () => {
    const step = fc.integer({ min: -3000, max: 3000 });
    fc.assert(
      fc.property(rectangle, fc.record({ x: step, y: step, w: step, h: step }), (region, by) => {
        const { x, y, w, h } = adjustRegion(region, by, CANVAS);
        assert.ok(x >= 0 && y >= 0 && w >= 1 && h >= 1);
        assert.ok(x + w <= CANVAS.width && y + h <= CANVAS.height);
      }),
    );
  });

  it('is moved by just the step inside it', () => {
    const region = { x: 100, y: 100, w: 50, h: 50, svg: null };
    assert.deepEqual(adjustRegion(region, { x: 7 }, CANVAS), { ...region, x: 107 });
    assert.deepEqual(adjustRegion(region, { h: -7 }, CANVAS), { ...region, h: 43 });
  });
});
