import { createHash } from 'node:crypto';
import sharp, { type Sharp } from 'sharp';
import { AppError } from '@/lib/kernel/errors';
import { unzip } from '@/lib/kernel/unzip';

/** Largest image file in bytes, and greatest number of pixels: a scan of A2 at 600 dpi has 140 million. */
export const IMAGE_MAX_BYTES = 60_000_000;
const MAX_PIXELS = 150_000_000;
/** Greatest width and height in pixels, the limit of JPEG (ITU-T T.81, B.2.2). */
const MAX_SIDE = 65_500;

/** The media types of scans. */
export const IMAGE_TYPE = /^image\/(jpeg|png|tiff|webp)\b/i;

/** Width and height of a tile in pixels. */
export const TILE = 512;
const QUALITY = { quality: 86 };

/** A JPEG file of an image, by its path (IIIF Image API 3 §4.1). */
export type ImageFile = { path: string; bytes: Buffer };
/** An image that was checked and re-encoded (upright, sRGB, without metadata), with its tiles and sizes. */
export type TiledImage = { id: string; width: number; height: number; files: ImageFile[] };

// libvips may load only the formats of scanners: no PDF, no SVG, nothing that runs a program.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: ['Jpeg', 'Png', 'Tiff', 'Webp'].map((format) => `VipsForeignLoad${format}`),
});
// One thread, because readers wait for pages while tiles are made.
sharp.concurrency(1);

/**
 * Checks an image file, and re-encodes it as the files of a static image service (level 0). Throws invalid where it is
 * broken or of another format, too_large where it has too many pixels.
 */
export async function tileImage(bytes: Buffer): Promise<TiledImage> {
  const id = createHash('sha256').update(bytes).digest('hex');
  const source = () =>
    sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'error' })
      .autoOrient()
      .flatten({ background: '#fff' })
      .toColourspace('srgb')
      .jpeg(QUALITY);
  try {
    const { autoOrient: size } = await sharp(bytes, { limitInputPixels: MAX_PIXELS }).metadata();
    if (Math.max(size.width, size.height) > MAX_SIDE) {
      throw new AppError('too_large', 'The picture has more than {most} pixels across.', {
        values: { most: MAX_SIDE },
      });
    }
    // Tiling reads the whole file, so a broken one is found before anything else is made.
    const files = [...(await tilesOf(source())), ...(await sizesOf(source, size))];
    return { id, ...size, files };
  } catch (error) {
    throw toAppError(error);
  }
}

async function tilesOf(image: Sharp): Promise<ImageFile[]> {
  const zip = await image.tile({ size: TILE, layout: 'iiif3', container: 'zip' }).toBuffer();
  const files = await unzip(zip, { isWanted: (name) => name.endsWith('.jpg') });
  // The first folder is the image's own name, which no path of an image service has.
  return [...files].map(([name, bytes]) => ({ path: name.split('/').slice(1).join('/'), bytes }));
}

async function sizesOf(image: () => Sharp, { width, height }: Size): Promise<ImageFile[]> {
  const made = sizesFor({ width, height })
    .slice(0, -1)
    .map(async (size) => {
      const bytes = await image().resize(size.width, size.height).toBuffer();
      return { path: `full/${size.width},${size.height}/0/default.jpg`, bytes };
    });
  const whole = await image().toBuffer();
  return [...(await Promise.all(made)), { path: 'full/max/0/default.jpg', bytes: whole }];
}

type Size = { width: number; height: number };

/**
 * The sizes in which the whole image is stored, smallest first: one for each scale factor of the tiles, because viewers
 * use the sizes as zoom levels. The largest is `full/max`.
 */
export function sizesFor({ width, height }: Size): Size[] {
  const scaled = (factor: number) => ({
    width: Math.ceil(width / factor),
    height: Math.ceil(height / factor),
  });
  return scaleFactors({ width, height }).reverse().map(scaled);
}

/** The scale factors of the tiles: powers of two, until the whole image fits into one tile. */
export function scaleFactors({ width, height }: Size): number[] {
  const factors = [1];
  while (Math.max(width, height) > TILE * (factors.at(-1) as number))
    factors.push((factors.at(-1) as number) * 2);
  return factors;
}

/** The part of a JPEG image in `box`, at most `width` pixels wide, as JPEG. */
export async function cropImage(
  whole: Buffer,
  box: { left: number; top: number; width: number; height: number },
  width: number,
): Promise<Buffer> {
  return sharp(whole, { limitInputPixels: MAX_PIXELS })
    .extract(box)
    .resize({ width: Math.min(width, box.width), withoutEnlargement: true })
    .jpeg(QUALITY)
    .toBuffer();
}

function toAppError(error: unknown): unknown {
  if (error instanceof AppError) return error;
  const message = error instanceof Error ? error.message : '';
  if (/pixel limit/i.test(message)) {
    return new AppError('too_large', 'The picture has more than {millions} million pixels.', {
      values: { millions: MAX_PIXELS / 1_000_000 },
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
