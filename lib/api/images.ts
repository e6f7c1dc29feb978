import { Hono } from 'hono';
import { getImage, getImageFile, imageInfo, imageIri } from '@/lib/canvas';
import { AppError } from '@/lib/kernel/errors';
import type { Env } from './middleware';

/** The id of an image is a hash of its source, so the files at its address never change. */
const IMMUTABLE = 'public, max-age=31536000, immutable';

/**
 * The images of this server as static IIIF services (Image API 3, level 0): the tiles and sizes in their info.json,
 * public as editions are.
 */
export const images = new Hono<Env>()
  .get('/iiif/images/:id', (c) => c.redirect(`${imageIri(c.req.param('id'))}/info.json`, 303))
  .get('/iiif/images/:id/info.json', async (c) => {
    const image = await getImage(c.req.param('id'));
    if (image.service) return c.redirect(String(image.service.id ?? image.service['@id']), 303);
    c.header('Cache-Control', IMMUTABLE);
    c.header('Access-Control-Allow-Origin', '*');
    c.header('Content-Type', 'application/ld+json;profile="http://iiif.io/api/image/3/context.json"');
    return c.body(JSON.stringify(imageInfo(image)));
  })
  .get('/iiif/images/:id/:region/:size/:rotation/:quality', async (c) => {
    const { id, region, size, rotation, quality } = c.req.param();
    const bytes = await getImageFile(id, [region, size, rotation, quality].join('/')).catch((error) => {
      throw error instanceof AppError
        ? new AppError(
            'not_found',
            'This image has ready-made sizes and tiles alone: its info.json names them.',
          )
        : error;
    });
    c.header('Cache-Control', IMMUTABLE);
    c.header('Access-Control-Allow-Origin', '*');
    // Viewers on any site may show the images.
    c.header('Cross-Origin-Resource-Policy', 'cross-origin');
    c.header('Content-Type', 'image/jpeg');
    return c.body(new Uint8Array(bytes));
  });
