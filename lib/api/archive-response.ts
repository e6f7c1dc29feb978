import type { Context } from 'hono';
import { takeShare } from '@/lib/http/fair-share';
import { toReadableStream } from './exports';
import type { Env } from './middleware';

/** A ZIP that is made as it is read; `end` gives up what of it is not. */
type Archive = { bytes: AsyncGenerator<Uint8Array>; end: () => void };

/**
 * Responds with a ZIP of what only its caller may have, as one of the exports that a person may have under way. HEAD gets
 * the headers alone, and takes no share. `about` is what the log calls it where it breaks off.
 */
export function respondWithArchive(
  c: Context<Env>,
  { bytes, end }: Archive,
  { name, about }: { name: string; about: string },
): Response {
  const headers = {
    'Content-Type': 'application/zip',
    'Content-Disposition': `attachment; filename="${name}"`,
    'Cache-Control': 'no-store',
  };
  if (c.req.raw.method === 'HEAD') {
    end();
    return c.body(null, 200, headers);
  }
  const release = takeShare('export', c.get('viewer').id ?? '');
  const close = async () => {
    end();
    release();
  };
  const file = { name, type: 'application/zip', bytes, close };
  return c.body(toReadableStream(file, { export: about }), 200, headers);
}
