import type { Context, Next } from 'hono';
import { IMAGE_MAX_BYTES, IMAGE_TYPE } from '@/lib/canvas';
import { takeShare } from '@/lib/http/fair-share';
import { isImportType } from '@/lib/import';
import { AppError } from '@/lib/kernel/errors';

/** Largest file of a text in bytes. What it is, is decided by its content; no form and no JSON is one. */
const TEXT_MAX_BYTES = 100_000_000;
const NO_TEXT = /^(application\/([\w.+-]+\+)?json|application\/x-www-form-urlencoded|multipart\/)/i;

/** The media types of JSON (RFC 6839 §3.1). */
export const JSON_TYPE = /^application\/([\w.+-]+\+)?json\b/i;

const TOO_LARGE = 'The body is larger than this server takes.';
/** Bytes of a body that is more than a long note. */
const LARGE = 250_000;

/** Refuses a body of more than `bytes`; before it is read, where Content-Length states its size. Throws too_large. */
export function limitBody(bytes = 2_000_000) {
  const refuse = () => Promise.reject(new AppError('too_large', TOO_LARGE));
  return async (c: Context, next: Next) => {
    const length = await knownLength(c);
    if (length !== null) return length > bytes ? refuse() : next();
    boundBody(c, bytes);
    return next();
  };
}

/** Puts a bound on a body of unknown length, which is read when its reader asks for it, and not before it is known who sends it. */
function boundBody(c: Context, bytes: number): void {
  const { body } = c.req.raw;
  if (body === null) return;
  let size = 0;
  const count = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      size += chunk.length;
      if (size > bytes) controller.error(new AppError('too_large', TOO_LARGE));
      else controller.enqueue(chunk);
    },
  });
  // The types of Node know nothing of `duplex`, which a stream wants (Fetch §5.4).
  const init: RequestInit & { duplex: 'half' } = { body: body.pipeThrough(count), duplex: 'half' };
  c.req.raw = new Request(c.req.raw, init);
}

/** The size of a body that was read before, or came over HTTP with its length; null where only reading it tells. */
async function knownLength(c: Context): Promise<number | null> {
  if (c.req.bodyCache.arrayBuffer) return (await c.req.arrayBuffer()).byteLength;
  if (c.req.header('host') === undefined || c.req.header('transfer-encoding') !== undefined) return null;
  // Node has refused what is no number, and reads no more than that.
  return Number(c.req.header('content-length') ?? 0);
}

type Upload = {
  isRequested: (c: Context) => boolean;
  /** Null where the route itself limits the body, because it first checks who may send one. */
  limit: ReturnType<typeof limitBody> | null;
  accepts: (mediaType: string) => boolean;
  /** The refusal of another media type. */
  refusal: string;
};

const mediaTypeOf = (c: Context) => c.req.header('content-type') ?? '';

const TEXT_UPLOAD: Upload = {
  isRequested: (c) =>
    (c.req.method === 'PUT' && /^\/api\/v1\/editions\/[^/]+\/draft$/.test(c.req.path)) ||
    (c.req.method === 'POST' && c.req.path === '/api/v1/editions'),
  limit: limitBody(TEXT_MAX_BYTES),
  accepts: (mediaType) => mediaType !== '' && !NO_TEXT.test(mediaType),
  refusal: 'Send the file itself, and say in Content-Type what it is.',
};
const IMPORT_UPLOAD: Upload = {
  isRequested: (c) => c.req.method === 'POST' && /^\/api\/v1\/groups\/[^/]+\/import$/.test(c.req.path),
  limit: null,
  accepts: isImportType,
  refusal: 'Send JSON, JSON lines, or an archive that was exported here.',
};
/** An image itself; the address of one is sent to the same path as JSON. */
const IMAGE_UPLOAD: Upload = {
  isRequested: (c) =>
    c.req.method === 'POST' &&
    /^\/api\/v1\/editions\/[^/]+\/canvases$/.test(c.req.path) &&
    !/\bjson\b/i.test(mediaTypeOf(c)),
  limit: limitBody(IMAGE_MAX_BYTES),
  accepts: (mediaType) => IMAGE_TYPE.test(mediaType),
  refusal: 'Send a JPEG, PNG, TIFF or WebP file, and say so in Content-Type.',
};

/** A class list of some thousand lines. */
const ROSTER_MAX_BYTES = 1_000_000;
const ROSTER_UPLOAD: Upload = {
  isRequested: (c) => c.req.method === 'POST' && /^\/api\/v1\/groups\/[^/]+\/roster$/.test(c.req.path),
  limit: limitBody(ROSTER_MAX_BYTES),
  accepts: (mediaType) => /^text\/(csv|plain|tab-separated-values)\b/i.test(mediaType),
  refusal: 'Send the list as CSV, and say so in Content-Type.',
};

/** What a mail program sends to end mail (RFC 8058 §3.1): a form, whose one field says nothing more. */
const ONE_CLICK: Upload = {
  isRequested: (c) => c.req.method === 'POST' && /^\/api\/v1\/unsubscribe\//.test(c.req.path),
  limit: limitBody(10_000),
  accepts: () => true,
  refusal: '',
};

/** The requests whose body is not JSON of the API. */
const UPLOADS = [TEXT_UPLOAD, IMPORT_UPLOAD, IMAGE_UPLOAD, ROSTER_UPLOAD, ONE_CLICK];
const uploadOf = (c: Context) => UPLOADS.find(({ isRequested }) => isRequested(c));
const limitJson = limitBody();

/** Whether a file is sent, which its route reads once it is known that its sender may send one. */
export const isFileUpload = (c: Context) => uploadOf(c) !== undefined;
export const isImageUpload = IMAGE_UPLOAD.isRequested;

/**
 * Gives the function that ends the share which a large body has of those that are read at once, so that many do not fill
 * the memory together. Files have shares of their own works. Throws too_large for nobody's, rate_limited and unavailable
 * as `takeShare`.
 */
export function takeShareOfBody(c: Context, person: string | null): () => void {
  const isFile = [TEXT_UPLOAD, IMPORT_UPLOAD, IMAGE_UPLOAD].some(({ isRequested }) => isRequested(c));
  const isOpenEnded = c.req.header('transfer-encoding') !== undefined;
  const isLarge = isOpenEnded || Number(c.req.header('content-length') ?? 0) > LARGE;
  if (isFile || !isLarge) return () => {};
  if (person !== null) return takeShare('body', person);
  if (!isOpenEnded) throw new AppError('too_large', TOO_LARGE);
  boundBody(c, LARGE);
  return () => {};
}

/** Middleware: limits the body by what is sent to this path. */
export function limitBodyByPath(c: Context, next: Next) {
  const upload = uploadOf(c);
  const limit = upload ? upload.limit : limitJson;
  return limit ? limit(c, next) : next();
}

/**
 * Middleware: refuses a body of another media type than this path takes, and a compressed one, whose size says nothing.
 * Throws unsupported.
 */
export async function requireMediaType(c: Context, next: Next): Promise<void> {
  requireNoCoding(c.req.header('content-encoding'));
  const upload = uploadOf(c);
  if (upload) {
    if (!upload.accepts(mediaTypeOf(c))) throw new AppError('unsupported', upload.refusal);
  } else if (hasBody(c) && !JSON_TYPE.test(mediaTypeOf(c))) {
    throw new AppError('unsupported', 'Send JSON, and say so in Content-Type.');
  }
  await next();
}

/** Throws unsupported where a body has a content coding, with the one that is taken (RFC 9110 §12.5.3). */
export function requireNoCoding(coding: string | undefined): void {
  if ((coding?.trim().toLowerCase() || 'identity') === 'identity') return;
  const headers = { 'Accept-Encoding': 'identity' };
  throw new AppError('unsupported', 'Send the body as it is, without a Content-Encoding.', { headers });
}

/**
 * Over HTTP a body has a length or is sent in chunks (RFC 9112 §6.3): the server's Request has a stream even where
 * there is no body, as with every DELETE. A Request that was made in this process has no Host; its body tells.
 */
function hasBody(c: Context): boolean {
  if (c.req.header('host') === undefined) return c.req.raw.body !== null;
  return (c.req.header('content-length') ?? '0') !== '0' || c.req.header('transfer-encoding') !== undefined;
}
