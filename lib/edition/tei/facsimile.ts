import type { ImageZone } from '../schema';
import type { TeiTag } from './tei-tag';

/** A surface of the facsimile (TEI P5 §12.1): what it is called, its picture, and the box of its coordinates. */
type Surface = {
  label: string | null;
  image: string | null;
  hasThumbnail: boolean;
  box: Box;
  start: string | null;
};
/** In UTF-16 units, as of the page of a canvas. */
const LONGEST_LABEL = 50;

type Box = { left: number; top: number; right: number; bottom: number };

/** A place on a picture that an element of the text names. */
type FacsimilePlace = { surface: Surface; box: Box | null };

type OpenElement = { name: string; base: string; surface: Surface | null; zone: string | null };

/**
 * Collects the pictures of pages that a file names: its surfaces with their graphics and zones. Pointers are resolved
 * when the file is read, because a facsimile may stand behind the text.
 */
export class Facsimile {
  private readonly stack: OpenElement[] = [];
  private readonly places = new Map<string, FacsimilePlace>();
  private readonly images = new Map<string, string>();
  private readonly byStart = new Map<string, Surface>();

  open({ name, attributes }: TeiTag): void {
    const above = this.stack.at(-1);
    const base = resolve(above?.base ?? '', attributes.get('xml:base') ?? '');
    const element: OpenElement = { name, base, surface: above?.surface ?? null, zone: above?.zone ?? null };
    this.stack.push(element);
    const id = attributes.get('xml:id');
    if (name === 'surface') {
      const surface = surfaceOf(attributes, base);
      element.surface = surface;
      if (id !== undefined) this.places.set(id, { surface, box: null });
      for (const start of (attributes.get('start') ?? '').split(/\s+/)) {
        if (start.startsWith('#')) this.byStart.set(start.slice(1), surface);
      }
    }
    if (name === 'zone' && element.surface && id !== undefined)
      this.places.set(id, { surface: element.surface, box: boxOf(attributes) });
    if (name === 'graphic') this.addGraphic(element, attributes, id);
  }

  close(): void {
    this.stack.pop();
  }

  /** The picture of a page break, and the label of its surface: by its pointer, by the name of a file, or by its id. */
  pageOf(facs: string | null, id: string | null): { image: string; label: string } | null {
    const first = (facs ?? '').trim().split(/\s+/)[0] ?? '';
    const surface = first.startsWith('#')
      ? this.places.get(first.slice(1))?.surface
      : id !== null
        ? this.byStart.get(id)
        : undefined;
    const image = surface?.image ?? this.images.get(first.slice(1)) ?? (first.startsWith('#') ? null : first);
    if (!image || /^(?:javascript|vbscript|data):/i.test(image)) return null;
    const named = first.startsWith('#') ? first.slice(1) : imageStem(image);
    return { image, label: (surface?.label || named).slice(0, LONGEST_LABEL) };
  }

  /** The place of a zone on its picture, in percent of it; null for what is no zone. */
  zoneOf(pointer: string): ImageZone | null {
    const place = this.places.get(pointer.replace(/^#/, ''));
    if (!place?.box || !place.surface.image) return null;
    const { left, top, right, bottom } = place.surface.box;
    const percent = (value: number, from: number, to: number) =>
      Math.round(Math.min(1, Math.max(0, (value - from) / (to - from))) * 100_000) / 1_000;
    const { box } = place;
    const [x, y] = [percent(box.left, left, right), percent(box.top, top, bottom)];
    const w = percent(box.right, left, right) - x;
    const h = percent(box.bottom, top, bottom) - y;
    return Number.isFinite(w * h) && w > 0 && h > 0 ? { image: place.surface.image, x, y, w, h } : null;
  }

  private addGraphic(
    { base, surface }: OpenElement,
    attributes: ReadonlyMap<string, string>,
    id?: string,
  ): void {
    const url = attributes.get('url');
    if (url === undefined || url.trim() === '') return;
    const image = resolve(base, url.trim());
    if (id !== undefined) this.images.set(id, image);
    if (!surface) return;
    const isThumbnail = /thumb/i.test(`${url} ${attributes.get('n') ?? ''} ${attributes.get('type') ?? ''}`);
    if (surface.image === null || (surface.hasThumbnail && !isThumbnail)) {
      surface.image = image;
      surface.hasThumbnail = isThumbnail;
    }
    if (Number.isNaN(surface.box.right)) {
      const [right, bottom] = [lengthOf(attributes.get('width')), lengthOf(attributes.get('height'))];
      surface.box = { left: 0, top: 0, right, bottom };
    }
  }
}

/** The name of a picture without its path and its ending. */
export function imageStem(image: string): string {
  const path = image.replace(/[?#].*$/, '').replace(/\/+$/, '');
  const name = path.slice(path.lastIndexOf('/') + 1);
  // An address of the IIIF Image API ends in region, size, rotation and quality (§4): its identifier is before these.
  const [, identifier] =
    /([^/]+)\/[^/]+\/[^/]+\/[^/]+\/(?:default|color|gray|bitonal|native)\.\w+$/.exec(path) ?? [];
  return decode(identifier ?? (name === 'info.json' ? (path.split('/').at(-2) ?? name) : name)).replace(
    /\.[A-Za-z]{3,4}\d?$/,
    '',
  );
}

function decode(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

function surfaceOf(attributes: ReadonlyMap<string, string>, base: string): Surface {
  const facs = attributes.get('facs');
  return {
    label: attributes.get('n') ?? null,
    image: facs === undefined || facs.startsWith('#') ? null : resolve(base, facs),
    hasThumbnail: false,
    box: boxOf(attributes) ?? { left: 0, top: 0, right: Number.NaN, bottom: Number.NaN },
    start: attributes.get('start') ?? null,
  };
}

/** The box of `ulx`, `uly`, `lrx`, `lry`, or around `points` (TEI P5 att.coordinated). */
function boxOf(attributes: ReadonlyMap<string, string>): Box | null {
  const sides = ['ulx', 'uly', 'lrx', 'lry'].map((name) => lengthOf(attributes.get(name)));
  const [left = Number.NaN, top = Number.NaN, right = Number.NaN, bottom = Number.NaN] = sides;
  if (sides.every(Number.isFinite)) return { left, top, right, bottom };
  const points = (attributes.get('points') ?? '').split(/\s+/).flatMap((point) => {
    const [x, y] = point.split(',').map(Number);
    return x !== undefined && y !== undefined && Number.isFinite(x + y) ? [{ x, y }] : [];
  });
  if (points.length < 2) return null;
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  return {
    left: xs.reduce((a, b) => Math.min(a, b)),
    top: ys.reduce((a, b) => Math.min(a, b)),
    right: xs.reduce((a, b) => Math.max(a, b)),
    bottom: ys.reduce((a, b) => Math.max(a, b)),
  };
}

/** A length with its unit, which is the same for a surface and its zones. */
function lengthOf(value: string | undefined): number {
  return value === undefined ? Number.NaN : Number.parseFloat(value);
}

/** An address within its `xml:base`; a name of a file stays one. */
function resolve(base: string, address: string): string {
  if (address === '' || base === '') return address || base;
  if (/^[a-z][a-z0-9+.-]*:/i.test(address)) return address;
  try {
    return new URL(address, base).href;
  } catch {
    return `${base.replace(/[^/]*$/, '')}${address}`;
  }
}
