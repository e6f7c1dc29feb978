import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '@/lib/kernel/errors';
import { unzip } from '@/lib/kernel/unzip';

/** Largest file, and largest total size of the files unpacked from an archive, in bytes. */
export const IMPORT_MAX_BYTES = 100_000_000;

const ZIP_TYPE = /^application\/(x-)?zip(-compressed)?\b/i;
const LINES_TYPE = /^application\/(x-)?(ndjson|jsonl|json-seq)\b|^text\/(x-)?(ndjson|jsonl)\b/i;
const JSON_TYPE = /^application\/([\w.+-]+\+)?json\b/i;

/** Whether files of this media type can be imported: JSON, JSON Lines, or an archive that Scholion exported. */
export function isImportType(type: string): boolean {
  return ZIP_TYPE.test(type) || LINES_TYPE.test(type) || JSON_TYPE.test(type);
}

/** Whether a file of this media type is an archive, and so not text. */
export function isArchive(type: string): boolean {
  return ZIP_TYPE.test(type);
}

/** Throws malformed with line and byte where the bytes are not UTF-8 (RFC 8259 §8.1). */
function requireUtf8(bytes: Uint8Array): void {
  if (isUtf8(bytes)) return;
  // Binary search for the longest prefix that is valid UTF-8.
  let valid = 0;
  let invalid = bytes.length + 1;
  while (invalid - valid > 1) {
    const middle = (valid + invalid) >>> 1;
    if (isUtf8Prefix(bytes.subarray(0, middle))) valid = middle;
    else invalid = middle;
  }
  const before = bytes.subarray(0, valid);
  const line = before.reduce((count, byte) => count + (byte === 0x0a ? 1 : 0), 1);
  const values = { line, byte: valid - before.lastIndexOf(0x0a) };
  const detail = 'This file is not UTF-8: it stops being so in line {line}, at byte {byte} of it.';
  throw new AppError('malformed', detail, { values });
}

/** Whether these bytes are valid UTF-8, except that the last character may be incomplete. */
function isUtf8Prefix(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** The JSON of a file. `lines` are the numbers, from 1, of the lines that a list is of; `brokenLines` those that are not JSON. */
export type ParsedUpload = { json: unknown; lines: number[] | null; brokenLines: number[] };

/**
 * The JSON in a file of this media type: a document, the lines of JSON Lines as a list, or the annotations of an
 * exported archive, whose checksum is verified. A line that is not JSON takes nothing from the others. Throws malformed (not
 * UTF-8, not JSON in any line, incomplete) and too_large.
 */
export async function parseUpload(bytes: Buffer, type: string): Promise<ParsedUpload> {
  const text = isArchive(type) ? await annotationsIn(bytes) : bytes;
  requireUtf8(text);
  const whole = text.toString('utf8').replace(/^\uFEFF/, '');
  requireBoundedObjects(whole);
  if (!LINES_TYPE.test(type)) return { json: parse(whole), lines: null, brokenLines: [] };
  return parseLines(whole);
}

/** The lines of JSON Lines. Throws malformed where none of them is JSON. */
function parseLines(text: string): ParsedUpload {
  const json: unknown[] = [];
  const lines: number[] = [];
  const brokenLines: number[] = [];
  for (const [i, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    try {
      json.push(JSON.parse(line));
      lines.push(i + 1);
    } catch {
      brokenLines.push(i + 1);
    }
  }
  if (json.length === 0 && brokenLines.length > 0) throw notJson();
  return { json, lines, brokenLines };
}

/** Objects and lists of a file, at most: a hundred thousand annotations have some twenty each. */
const MOST_OBJECTS = 2_000_000;

/** Refuses a file of nothing but brackets, each of which would cost the reader a hundred times its two bytes. */
function requireBoundedObjects(text: string): void {
  let objects = 0;
  for (let i = 0; i < text.length; i++) {
    const character = text.charCodeAt(i);
    if ((character === 0x5b || character === 0x7b) && ++objects > MOST_OBJECTS) {
      throw new AppError('too_large', 'This file has more than {most} objects and lists.', {
        values: { most: MOST_OBJECTS },
      });
    }
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw notJson();
  }
}

function notJson(): AppError {
  return new AppError('malformed', 'This file is not JSON. Choose a .json, .jsonl or .zip file.');
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
    throw error instanceof AppError ? error : incompleteArchive();
  });
  const findFile = (ending: string) => [...files].find(([name]) => name.endsWith(ending));
  const [name, annotations] = findFile('.jsonld') ?? [];
  const [, manifest] = findFile('manifest.json') ?? [];
  if (!name || !annotations || !manifest) throw incompleteArchive();
  const { data } = manifestSchema.safeParse(parse(manifest.toString('utf8')));
  const entry = data?.files.find((file) => name.endsWith(file.name));
  if (entry?.sha256 !== createHash('sha256').update(annotations).digest('hex')) throw incompleteArchive();
  return annotations;
}

function incompleteArchive(): AppError {
  return new AppError('malformed', 'This archive is not whole, or was not exported from Scholion.');
}
