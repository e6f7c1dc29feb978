import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '@/lib/kernel/errors';
import { unzip } from '@/lib/kernel/unzip';

/** Largest file that is taken in, and largest that may come out of an archive, in bytes. */
export const IMPORT_MAX_BYTES = 100_000_000;

const ZIP_TYPE = /^application\/(x-)?zip(-compressed)?\b/i;
const LINES_TYPE = /^application\/(x-)?(ndjson|jsonl|json-seq)\b|^text\/(x-)?(ndjson|jsonl)\b/i;
const JSON_TYPE = /^application\/([\w.+-]+\+)?json\b/i;

/** Whether a file of this media type can be read: JSON, JSON lines, or an archive of ours. */
export function isImportType(type: string): boolean {
  return ZIP_TYPE.test(type) || LINES_TYPE.test(type) || JSON_TYPE.test(type);
}

/** Whether a file of this media type is no text. */
function isArchive(type: string): boolean {
  return ZIP_TYPE.test(type);
}

/** Throws malformed, naming the place, where the bytes of a text are not UTF-8 (RFC 8259 §8.1). */
function requireUtf8(bytes: Uint8Array): void {
  if (isUtf8(bytes)) return;
  // The longest beginning that can go on as UTF-8.
  let good = 0;
  let bad = bytes.length + 1;
  while (bad - good > 1) {
    const middle = (good + bad) >>> 1;
    if (mayBegin(bytes.subarray(0, middle))) good = middle;
    else bad = middle;
  }
  const before = bytes.subarray(0, good);
  const line = before.reduce((count, byte) => count + (byte === 0x0a ? 1 : 0), 1);
  const values = { line, byte: good - before.lastIndexOf(0x0a) };
  const detail = 'This file is not UTF-8: it stops being so in line {line}, at byte {byte} of it.';
  throw new AppError('malformed', detail, { values });
}

/** Whether text in UTF-8 may begin with these bytes: a character may be cut off at their end. */
function mayBegin(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/**
 * The JSON in a file of this media type: of a text itself, or its lines as a list; of an archive that was exported here,
 * its annotations, once their checksum is right. Throws malformed (no UTF-8, no JSON, no whole archive) and too_large.
 */
export async function parseUpload(bytes: Buffer, type: string): Promise<unknown> {
  const text = isArchive(type) ? await annotationsIn(bytes) : bytes;
  requireUtf8(text);
  const whole = text.toString('utf8').replace(/^\uFEFF/, '');
  if (!LINES_TYPE.test(type)) return parse(whole);
  return whole.split('\n').flatMap((line) => (line.trim() ? [parse(line)] : []));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new AppError('malformed', 'The body is not JSON.');
  }
}

const manifestSchema = z.object({
  files: z.array(z.object({ name: z.string().min(1), sha256: z.string() })),
});

async function annotationsIn(archive: Buffer): Promise<Buffer> {
  const options = {
    isWanted: (name: string) => /\.jsonld$|(^|\/)manifest\.json$/.test(name),
    maxBytes: IMPORT_MAX_BYTES,
  };
  const files = await unzip(archive, options).catch((error) => {
    throw error instanceof AppError ? error : notWhole();
  });
  const named = (ending: string) => [...files].find(([name]) => name.endsWith(ending));
  const [name, annotations] = named('.jsonld') ?? [];
  const [, manifest] = named('manifest.json') ?? [];
  if (!name || !annotations || !manifest) throw notWhole();
  const { data } = manifestSchema.safeParse(parse(manifest.toString('utf8')));
  const entry = data?.files.find((file) => name.endsWith(file.name));
  if (entry?.sha256 !== createHash('sha256').update(annotations).digest('hex')) throw notWhole();
  return annotations;
}

function notWhole(): AppError {
  return new AppError('malformed', 'This archive is not whole, or was not exported from Scholion.');
}
