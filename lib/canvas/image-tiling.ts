import { createHash } from 'node:crypto';
import sharp, { type Sharp } from 'sharp';
import { AppError } from '@/lib/kernel/errors';
import { unzip } from '@/lib/kernel/unzip';

/** Largest file of a picture, in bytes, and most pixels in it: a scan of A2 at 600 dpi has 140 million. */
export const IMAGE_MAX_BYTES = 60_000_000;
const PIXELS = 150_000_000;
/** Pixels across, at most: more is no JPEG (ITU-T T.81, B.2.2). */
const MOST_ACROSS = 65_500;

/** The media types of scans. */
export const IMAGE_TYPE = /^image\/(jpeg|png|tiff|webp)\b/i;

/** Width and height of a tile in pixels. */
export const TILE = 512;
const QUALITY = { quality: 86 };

/** A file of an image by its path (IIIF Image API 3 §4.1), as JPEG. */
export type ImageFile = { path: string; bytes: Buffer };
/** A picture, checked and made anew: upright, in sRGB, without metadata; its tiles and sizes. */
export type TiledImage = { id: string; width: number; height: number; files: ImageFile[] };

// Of all that libvips can read, only what a scanner makes: no PDF, no SVG, nothing that runs a program.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: ['Jpeg', 'Png', 'Tiff', 'Webp'].map((format) => `VipsForeignLoad${format}`),
});
// Tiles are made beside readers who wait for pages.
sharp.concurrency(1);

/**
 * Makes an image of a file: checks it, and makes it anew with its tiles (static, level 0). Throws invalid where it is
 * broken or another kind of file, too_large where it has too many pixels.
 */
export async function tileImage(bytes: Buffer): Promise<TiledImage> {
  const id = createHash('sha256').update(bytes).digest('hex');
  const source = () =>
    sharp(bytes, { limitInputPixels: PIXELS, failOn: 'error' })
      .autoOrient()
      .flatten({ background: '#fff' })
      .toColourspace('srgb')
      .jpeg(QUALITY);
  try {
    const { autoOrient: size } = await sharp(bytes, { limitInputPixels: PIXELS }).metadata();
    if (Math.max(size.width, size.height) > MOST_ACROSS) {
      throw new AppError('too_large', 'The picture has more than {most} pixels across.', {
        values: { most: MOST_ACROSS },
      });
    }
    // The tiles first: they read it to its end, so that a broken one is found before anything else is made.
    const files = [...(await tilesOf(source())), ...(await sizesOf(source, size))];
    return { id, ...size, files };
  } catch (error) {
    throw refusalOf(error);
  }
}

async function tilesOf(picture: Sharp): Promise<ImageFile[]> {
  const zip = await picture.tile({ size: TILE, layout: 'iiif3', container: 'zip' }).toBuffer();
  const files = await unzip(zip, { isWanted: (name) => name.endsWith('.jpg') });
  // The first folder is the image's own name, which no path of an image service has.
  return [...files].map(([name, bytes]) => ({ path: name.split('/').slice(1).join('/'), bytes }));
}

async function sizesOf(picture: () => Sharp, { width, height }: Size): Promise<ImageFile[]> {
  const made = sizesFor({ width, height })
    .slice(0, -1)
    .map(async (size) => {
      const bytes = await picture().resize(size.width, size.height).toBuffer();
      return { path: `full/${size.width},${size.height}/0/default.jpg`, bytes };
    });
  const whole = await picture().toBuffer();
  return [...(await Promise.all(made)), { path: 'full/max/0/default.jpg', bytes: whole }];
}

type Size = { width: number; height: number };

/**
 * The sizes in which a whole picture is kept, smallest first: one for each scale factor of its tiles, as viewers take
 * so many sizes for the levels of zooming. The picture itself is `full/max`, too.
 */
export function sizesFor({ width, height }: Size): Size[] {
  const scaled = (factor: number) => ({
    width: Math.ceil(width / factor),
    height: Math.ceil(height / factor),
  });
  return scaleFactors({ width, height }).reverse().map(scaled);
}

/** The factors by which tiles are scaled down: up to where the whole fits into one. */
export function scaleFactors({ width, height }: Size): number[] {
  const factors = [1];
  while (Math.max(width, height) > TILE * (factors.at(-1) as number))
    factors.push((factors.at(-1) as number) * 2);
  return factors;
}

/** The part of a whole picture (JPEG) that lies in `box`, `width` pixels wide at most, as JPEG. */
export async function cropImage(
  whole: Buffer,
  box: { left: number; top: number; width: number; height: number },
  width: number,
): Promise<Buffer> {
  return sharp(whole, { limitInputPixels: PIXELS })
    .extract(box)
    .resize({ width: Math.min(width, box.width), withoutEnlargement: true })
    .jpeg(QUALITY)
    .toBuffer();
}

function refusalOf(error: unknown): unknown {
  if (error instanceof AppError) return error;
  const message = error instanceof Error ? error.message : '';
  if (/pixel limit/i.test(message)) {
    return new AppError('too_large', 'The picture has more than {millions} million pixels.', {
      values: { millions: PIXELS / 1_000_000 },
    });
  }
  if (
    /^(Input|Vips|pngload|jpegload|tiffload|webpload|VipsJpeg|VipsForeign)|unsupported|corrupt|premature/i.test(
      message,
    )
  ) {
    return new AppError(
      'invalid',
      'This is not a picture that can be read: send a whole JPEG, PNG, TIFF or WebP file.',
    );
  }
  return error;
}
