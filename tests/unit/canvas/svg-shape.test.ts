import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isUnsafeSvg, parseSvgShape } from '@/lib/canvas/svg-shape';
import { fc } from '../../support/seeded-fast-check';

const number = fc.integer({ min: 0, max: 9_000_000 }).map((n) => n / 1000);
const point = fc.tuple(number, number);
const svgOf = (inside: string, attributes = '') =>
  `<svg xmlns="http://www.w3.org/2000/svg"${attributes}>${inside}</svg>`;

/** Shapes with the box that they lie in. */
const shape = fc.oneof(
  fc.array(point, { minLength: 3, maxLength: 12 }).map((points) => {
    const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
    const [x, y] = [Math.min(...xs), Math.min(...ys)];
    return {
      svg: `<polygon points="${points.map((pair) => pair.join(',')).join(' ')}"/>`,
      box: { x, y, w: Math.max(...xs) - x, h: Math.max(...ys) - y },
    };
  }),
  fc.tuple(number, number, number, number).map(([x, y, w, h]) => ({
    svg: `<rect x="${x}" y="${y}" width="${w}" height="${h}"/>`,
    box: { x, y, w: x + w - x, h: y + h - y },
  })),
  fc.tuple(number, number, number).map(([r, cx, cy]) => ({
    svg: `<circle cx="${cx + r}" cy="${cy + r}" r="${r}"/>`,
    box: { x: cx + r - r, y: cy + r - r, w: cx + r + r - (cx + r - r), h: cy + r + r - (cy + r - r) },
  })),
  fc.tuple(point, point).map(([[x0, y0], [x1, y1]]) => ({
    svg: `<path d="M${x0} ${y0}L${x1} ${y1}"/>`,
    box: { x: Math.min(x0, x1), y: Math.min(y0, y1), w: Math.abs(x1 - x0), h: Math.abs(y1 - y0) },
  })),
);

describe('a shape that somebody drew', () => {
  it('is kept with its geometry and its bounding box, and reads the same again', () => {
    fc.assert(
      fc.property(shape, ({ svg, box }) => {
        const read = parseSvgShape(svgOf(svg));
        assert.ok(typeof read !== 'string', `${svg}: ${read}`);
        for (const side of ['x', 'y', 'w', 'h'] as const) {
          assert.ok(Math.abs(read[side] - box[side]) < 1e-6 * 9000, `${side} of ${svg}`);
        }
        assert.equal(read.svg, svgOf(svg));
        assert.deepEqual(parseSvgShape(read.svg), read);
      }),
    );
  });

  it('may be several, and then lies in the box around them all', () => {
    fc.assert(
      fc.property(fc.array(shape, { minLength: 2, maxLength: 5 }), (shapes) => {
        const read = parseSvgShape(svgOf(`<g>${shapes.map(({ svg }) => svg).join('')}</g>`));
        assert.ok(typeof read !== 'string');
        for (const { box } of shapes) {
          assert.ok(read.x <= box.x + 0.01 && read.y <= box.y + 0.01);
          assert.ok(read.x + read.w >= box.x + box.w - 0.01 && read.y + read.h >= box.y + box.h - 0.01);
        }
      }),
    );
  });

  it('loses how it looks and what it is called', () => {
    const dressed = svgOf(
      '<title>Seal</title><rect class="a" fill="red" stroke-width="3" x="1" y="2" width="3" height="4"/>',
      ' width="100%" height="100%"',
    );
    assert.deepEqual(parseSvgShape(dressed), {
      svg: svgOf('<rect x="1" y="2" width="3" height="4"/>'),
      x: 1,
      y: 2,
      w: 3,
      h: 4,
    });
  });

  const rect = '<rect x="1" y="2" width="3" height="4"/>';
  const RUNNING = [
    svgOf(`<script>alert(1)</script>${rect}`),
    svgOf(rect, ' onload="alert(1)"'),
    svgOf(`<ScRiPt/>${rect}`),
    svgOf(`<a xlink:href="java&#115;cript:alert(1)">${rect}</a>`),
    svgOf(`<foreignObject><iframe src="x"/></foreignObject>${rect}`),
    `<!DOCTYPE svg [<!ENTITY a "b">]>${svgOf(rect)}`,
    svgOf(`<image href="data:text/html,x"/>${rect}`),
    `${svgOf(rect)}<script>`,
  ];
  it('with something in it that would run is refused as that, however it is written', () => {
    for (const svg of RUNNING) {
      assert.equal(parseSvgShape(svg), 'unsafe', svg);
      assert.ok(isUnsafeSvg(svg));
    }
    assert.ok(!isUnsafeSvg(svgOf(`<title>A description of one = two</title>${rect}`)));
  });

  it('with anything but shapes in it is refused, and so is what would put it elsewhere', () => {
    const cases: [string, string][] = [
      [svgOf(`<image href="https://example.org/x.png"/>${rect}`), 'foreign'],
      [svgOf(`<use href="#a"/>${rect}`), 'foreign'],
      [svgOf(`<text>words</text>${rect}`), 'foreign'],
      [svgOf('<rect style="x: 4px" width="3" height="4"/>'), 'foreign'],
      [svgOf('<rect transform="scale(2)" width="3" height="4"/>'), 'transformed'],
      [svgOf(rect, ' viewBox="0 0 1 1"'), 'transformed'],
      [svgOf(''), 'empty'],
      ['<html/>', 'broken'],
      ['not XML', 'broken'],
      [svgOf('<polygon points="1,2 3"/>'), 'broken'],
      [svgOf('<path d="M0 0 url(x)"/>'), 'broken'],
    ];
    for (const [svg, fault] of cases) assert.equal(parseSvgShape(svg), fault, svg);
  });
});
