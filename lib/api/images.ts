import { Hono } from 'hono';
import { getImage, getImageFile, imageInfo, imageIri } from '@/lib/canvas';
import { AppError } from '@/lib/kernel/errors';
import type { Env } from './middleware';
import { NOT_STORED, readPublicly } from './read-publicly';

/** The id of an image is a hash of its source, so the files at its address never change. */
const IMMUTABLE = 'public, max-age=31536000, immutable';

/**
 * The images of this server as static IIIF services (Image API 3, level 0): the tiles and sizes in their info.json,
 * for those who may read the edition that they are of.
 */
export const images = new Hono<Env>()
  .get('/iiif/images/:id', (c) => c.redirect(`${imageIri(c.req.param('id'))}/info.json`, 303))
  .get('/iiif/images/:id/info.json', async (c) => {
    const id = c.req.param('id');
    const { found: image, isPublic } = await readPublicly(c, (viewer) => getImage(viewer, id));
    if (image.service) return c.redirect(String(image.service.id ?? image.service['@id']), 303);
    c.header('Cache-Control', isPublic ? IMMUTABLE : NOT_STORED);
    c.header('Access-Control-Allow-Origin', '*');
    c.header('Content-Type', 'application/ld+json;profile="http://iiif.io/api/image/3/context.json"');
    return c.body(JSON.stringify(imageInfo(image)));
  })
  .get('/iiif/images/:id/:region/:size/:rotation/:quality', async (c) => {
    const { id, region, size, rotation, quality } = c.req.param();
    const path = [region, size, rotation, quality].join('/');
    const read = readPublicly(c, (viewer) => getImageFile(viewer, id, path));
    const { found: bytes, isPublic } = await read.catch((error) => {
      throw error instanceof AppError && error.code === 'not_found'
        ? new AppError(
            'not_found',
            'This image has ready-made sizes and tiles alone: its info.json names them.',
          )
        : error;
    });
    c.header('Cache-Control', isPublic ? IMMUTABLE : NOT_STORED);
    c.header('Access-Control-Allow-Origin', '*');
    // Viewers on any site may show what is public.
    if (isPublic) c.header('Cross-Origin-Resource-Policy', 'cross-origin');
    c.header('Content-Type', 'image/jpeg');
    return c.body(new Uint8Array(bytes));
  });
