import type * as Mupdf from 'mupdf';
import sharp from 'sharp';
import type { ImageList } from '../image-list';

/** The longer side of a page image, in pixels: enough to read by, and some 150 kB. */
const LONG_SIDE = 1_600;
const QUALITY = 72;

/** A page image: its file, and its size in pixels. */
type RenderedPage = { file: string; width: number; height: number };

/** Renders a page as JPEG into the list of images; null where the list has no room. */
export async function renderPage(
  page: Mupdf.Page,
  label: string,
  { mupdf, images }: { mupdf: typeof Mupdf; images: ImageList },
): Promise<RenderedPage | null> {
  const [x0, y0, x1, y1] = page.getBounds();
  const scale = Math.min(4, LONG_SIDE / Math.max(x1 - x0, y1 - y0, 1));
  const pixmap = page.toPixmap(mupdf.Matrix.scale(scale, scale), mupdf.ColorSpace.DeviceRGB, false);
  const size = { width: pixmap.getWidth(), height: pixmap.getHeight() };
  // MuPDF writes JPEG as well, in WebAssembly and at a seventh of the speed.
  const pixels = Buffer.from(pixmap.getPixels());
  pixmap.destroy();
  const bytes = await sharp(pixels, { raw: { ...size, channels: 3 } })
    .jpeg({ quality: QUALITY })
    .toBuffer();
  const file = images.add(bytes, { mediaType: 'image/jpeg', page: label, place: label });
  return file === null ? null : { file, ...size };
}
