import type { Context } from 'hono';
import { Stopped } from '@/lib/kernel/errors';

/** Aborted, with `Stopped` as its reason, once whoever sent the request has closed the connection. */
export function whileConnected(c: Context): AbortSignal {
  const { signal } = c.req.raw;
  const gone = new AbortController();
  const stop = () => gone.abort(new Stopped());
  if (signal.aborted) stop();
  else signal.addEventListener('abort', stop, { once: true });
  return gone.signal;
}

/**
 * The bytes of a body that was limited before, in a buffer that nothing else holds, so that it can go to a thread. Where
 * Content-Length is stated they never exist twice.
 */
export async function readBody(c: Context): Promise<Uint8Array<ArrayBuffer>> {
  // It was compared with that of an earlier request (answer-once.ts).
  if (c.req.bodyCache.arrayBuffer) return new Uint8Array(await c.req.arrayBuffer()).slice();
  const stream = c.req.raw.body;
  if (stream === null) return new Uint8Array(0);
  let bytes = new Uint8Array(Number(c.req.header('content-length') ?? 0));
  let length = 0;
  for await (const chunk of stream) {
    if (length + chunk.length > bytes.length) {
      const longer = new Uint8Array(Math.max(2 * bytes.length, length + chunk.length));
      longer.set(bytes.subarray(0, length));
      bytes = longer;
    }
    bytes.set(chunk, length);
    length += chunk.length;
  }
  return length === bytes.length ? bytes : bytes.slice(0, length);
}

/** What Node and @hono/node-server say of a body whose sender closed the connection. */
const BROKEN = /^(aborted|Client connection prematurely closed\.|Premature close)$/;

/** Whether an error says that whoever sent the request is gone: nobody reads an answer, and it is no defect. */
export function isBrokenOff(error: Error): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return error instanceof Stopped || code === 'ERR_STREAM_PREMATURE_CLOSE' || BROKEN.test(error.message);
}
