import { isObject, type Json } from '@/lib/kernel/json';

/** Media Fragments URI 1.0 (W3C Annotation Model §4.2.1). */
const MEDIA_FRAGMENTS = 'http://www.w3.org/TR/media-frags/';

/**
 * Selectors in the own notation of text-annotator (`{quote, start, end}`) and Annotorious 3 (`{type, geometry}`) as those
 * of the model (W3C Annotation Model §4.2); another selector is returned unchanged.
 */
export function fromAnnotoriousSelector(selector: Json): Json[] {
  const { quote, start, end, geometry, type } = selector;
  if (typeof quote === 'string') {
    const { prefix, suffix } = isObject(selector.quoteContext) ? selector.quoteContext : selector;
    const around = { ...(isText(prefix) && { prefix }), ...(isText(suffix) && { suffix }) };
    const position = isOffset(start) && isOffset(end) ? [{ type: 'TextPositionSelector', start, end }] : [];
    return [{ type: 'TextQuoteSelector', exact: quote, ...around }, ...position];
  }
  if (typeof type !== 'string' || !isObject(geometry)) return [selector];
  const { x, y, w, h } = geometry;
  if (type === 'RECTANGLE' && [x, y, w, h].every(isNumber)) {
    const value = `xywh=pixel:${[x, y, w, h].join(',')}`;
    return [{ type: 'FragmentSelector', conformsTo: MEDIA_FRAGMENTS, value }];
  }
  const shape = shapeOf(type, geometry);
  return shape === null ? [selector] : [{ type: 'SvgSelector', value: `<svg>${shape}</svg>` }];
}

/** A shape of Annotorious in SVG; null for one that is not known. */
function shapeOf(type: string, { points, cx, cy, rx, ry, polygons }: Json): string | null {
  if (type === 'ELLIPSE' && [cx, cy, rx, ry].every(isNumber))
    return `<ellipse cx="${cx}" cy="${cy}" rx="${rx}" ry="${ry}"/>`;
  if (type === 'POLYGON' || type === 'POLYLINE' || type === 'LINE') {
    const listed = pointsOf(points);
    return listed && `<${type === 'POLYGON' ? 'polygon' : 'polyline'} points="${listed.join(' ')}"/>`;
  }
  if (type === 'MULTIPOLYGON' && Array.isArray(polygons)) {
    const rings = polygons.flatMap((polygon) => (isObject(polygon) ? [polygon.rings].flat() : []));
    const paths = rings.map((ring) => (isObject(ring) ? pointsOf(ring.points) : null));
    if (paths.length === 0 || paths.includes(null)) return null;
    return `<path d="${paths.map((path) => `M${path?.join(' L')} Z`).join(' ')}"/>`;
  }
  return null;
}

/** Points, each as `x,y`; null where they are none. */
function pointsOf(points: unknown): string[] | null {
  if (!Array.isArray(points) || points.length === 0) return null;
  // A polyline's points are objects with a point and its handles.
  const pairs = points.map((point) => (isObject(point) ? point.point : point));
  if (!pairs.every((pair) => Array.isArray(pair) && pair.length === 2 && pair.every(isNumber))) return null;
  return pairs.map((pair) => (pair as number[]).join(','));
}

const isText = (value: unknown): value is string => typeof value === 'string';
const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
const isOffset = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
