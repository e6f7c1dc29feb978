import type { Element } from 'xast';
import { tei } from './tei-node';

/** The image of a page: the id that `pb/@facs` names, what the page is called, its file and size in pixels. */
export type PageSurface = { id: string; label: string; file: string; width: number; height: number };

/** The page images of a text (TEI P5 §12.1): a surface for each, in pixels, with its graphic. */
export function facsimileOf(surfaces: PageSurface[]): Element {
  return tei(
    'facsimile',
    {},
    surfaces.map(({ id, label, file, width, height }) =>
      tei(
        'surface',
        { 'xml:id': id, n: label, ulx: '0', uly: '0', lrx: String(width), lry: String(height) },
        [tei('graphic', { url: file, width: `${width}px`, height: `${height}px` })],
      ),
    ),
  );
}
