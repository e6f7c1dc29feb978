import { SaxesParser } from 'saxes';
import { svgPathBbox } from 'svg-path-bbox';

/** A shape in SVG, reduced to its geometry, and its bounding box. */
export type SvgShape = { svg: string; x: number; y: number; w: number; h: number };

/** The geometry attributes of each shape (SVG 2 §10, paths §9), in user units. */
const GEOMETRY: Record<string, string[]> = {
  rect: ['x', 'y', 'width', 'height', 'rx', 'ry'],
  circle: ['cx', 'cy', 'r'],
  ellipse: ['cx', 'cy', 'rx', 'ry'],
  line: ['x1', 'y1', 'x2', 'y2'],
  polygon: ['points'],
  polyline: ['points'],
  path: ['d'],
};

const SVG = 'http://www.w3.org/2000/svg';
/** Elements that may be in an SVG beside its shapes. None of them is kept. */
const IGNORED = new Set(['svg', 'g', 'title', 'desc', 'defs', 'metadata']);
const SHAPES_LIMIT = 500;

/** Why an SVG cannot be a region. */
export type SvgShapeError = 'broken' | 'unsafe' | 'foreign' | 'transformed' | 'empty';

/**
 * Reads the SVG of an SvgSelector (W3C Web Annotation Data Model §4.2.7). Only shapes and their geometry are kept.
 * Refused are invalid SVG, anything that would run or fetch (scripts, handlers, references, foreign content), and
 * transformations, because the shape would not be where its coordinates say.
 */
export function parseSvgShape(source: string): SvgShape | SvgShapeError {
  if (isUnsafeSvg(source)) return 'unsafe';
  const shapes: string[] = [];
  const boxes: Box[] = [];
  let error: SvgShapeError | undefined;
  let depth = 0;
  const parser = new SaxesParser({ xmlns: true });
  parser.on('doctype', () => {
    error = 'foreign';
  });
  parser.on('opentag', ({ local, uri, attributes }) => {
    depth += 1;
    const given = Object.values(attributes);
    const foreign = uri !== SVG && uri !== '';
    if (depth === 1 && (local !== 'svg' || foreign)) error ??= 'broken';
    if (foreign || !(IGNORED.has(local) || Object.hasOwn(GEOMETRY, local))) error ??= 'foreign';
    if (given.some(({ local: name }) => name === 'href' || name === 'style')) error ??= 'foreign';
    if (given.some(({ local: name }) => name === 'transform' || name === 'viewBox')) error ??= 'transformed';
    const names = Object.hasOwn(GEOMETRY, local) ? GEOMETRY[local] : undefined;
    if (!names || error) return;
    const geometry = given.filter(({ local: name }) => names.includes(name));
    const box = boxOf(local, Object.fromEntries(geometry.map(({ local: name, value }) => [name, value])));
    if (!box || shapes.length >= SHAPES_LIMIT) {
      error = 'broken';
      return;
    }
    boxes.push(box);
    shapes.push(
      `<${local}${geometry.map(({ local: name, value }) => ` ${name}="${value.trim()}"`).join('')}/>`,
    );
  });
  parser.on('closetag', () => {
    depth -= 1;
  });
  try {
    parser.write(source).close();
  } catch {
    return error ?? 'broken';
  }
  if (error) return error;
  const box = unionOf(boxes);
  if (!box) return 'empty';
  return { svg: `<svg xmlns="${SVG}">${shapes.join('')}</svg>`, ...box };
}

/**
 * Whether an SVG has something that would run where it is shown. The text is searched and not parsed, because browsers
 * repair broken markup in their own way (HTML §13.2).
 */
export function isUnsafeSvg(source: string): boolean {
  return EXECUTABLE.test(source.replace(/&#(x?)([0-9a-f]+);?/gi, decoded));
}

const EXECUTABLE =
  /<\s*(?:[\w-]+:)?(?:script|foreignobject|iframe|object|embed|handler|listener)\b|[\s"'/]on[a-z]{3,}\s*=\s*["']|(?:java|vb)script\s*:|data\s*:\s*text\/html|<!entity/i;

/** The character of a numeric character reference (XML §4.1). */
function decoded(_: string, hex: string, digits: string): string {
  const code = Number.parseInt(digits, hex ? 16 : 10);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
}

type Box = { x: number; y: number; w: number; h: number };

/** The bounding box of a shape; null where a coordinate is missing or not a number. */
function boxOf(shape: string, geometry: Record<string, string>): Box | null {
  const number = (name: string) => Number(geometry[name] ?? 0);
  const box = (x0: number, y0: number, x1: number, y1: number) => {
    return [x0, y0, x1, y1].every(Number.isFinite) ? { x: x0, y: y0, w: x1 - x0, h: y1 - y0 } : null;
  };
  switch (shape) {
    case 'rect':
      return box(number('x'), number('y'), number('x') + number('width'), number('y') + number('height'));
    case 'circle':
    case 'ellipse': {
      const [cx, cy] = [number('cx'), number('cy')];
      const [rx, ry] = shape === 'circle' ? [number('r'), number('r')] : [number('rx'), number('ry')];
      return rx < 0 || ry < 0 ? null : box(cx - rx, cy - ry, cx + rx, cy + ry);
    }
    case 'line':
      return boxOfPoints([number('x1'), number('y1'), number('x2'), number('y2')]);
    case 'path':
      return boxOfPath(geometry.d ?? '');
    default:
      return boxOfPoints(
        (geometry.points ?? '')
          .trim()
          .split(/[\s,]+/)
          .map(Number),
      );
  }
}

function boxOfPath(d: string): Box | null {
  // Only the characters of path data, so that what is stored is what was measured (SVG 2 §9.3.9).
  if (!/^[MmZzLlHhVvCcSsQqTtAa\d\s,.eE+-]+$/.test(d)) return null;
  try {
    const [x0, y0, x1, y1] = svgPathBbox(d);
    return [x0, y0, x1, y1].every(Number.isFinite) ? { x: x0, y: y0, w: x1 - x0, h: y1 - y0 } : null;
  } catch {
    return null;
  }
}

/** The bounding box of points given as x, y, x, y … */
function boxOfPoints(numbers: number[]): Box | null {
  if (numbers.length < 4 || numbers.length % 2 === 1 || !numbers.every(Number.isFinite)) return null;
  const xs = numbers.filter((_, i) => i % 2 === 0);
  const ys = numbers.filter((_, i) => i % 2 === 1);
  return unionOf(xs.map((x, i) => ({ x, y: ys[i] as number, w: 0, h: 0 })));
}

function unionOf(boxes: Box[]): Box | null {
  if (boxes.length === 0) return null;
  let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y, w, h } of boxes) {
    [x0, y0, x1, y1] = [Math.min(x0, x), Math.min(y0, y), Math.max(x1, x + w), Math.max(y1, y + h)];
  }
  return { x: x0, y: y0, w: x1 - x0, h: y1 - y0 };
}
