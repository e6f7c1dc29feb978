import { randomUUID } from 'node:crypto';
import { type FileHandle, open, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Bytes that are read at a time. */
const CHUNK_BYTES = 256 * 1024;

/** Opens an unlinked temporary file to write and read: the system removes it when the last descriptor is closed. */
export async function openTempFile(): Promise<FileHandle> {
  const name = path.join(tmpdir(), `scholion-export-${randomUUID()}`);
  const file = await open(name, 'wx+', 0o600);
  await unlink(name);
  return file;
}

/** The bytes of a file, from its beginning to its end. */
export async function* readChunks(file: FileHandle): AsyncGenerator<Uint8Array> {
  for (let at = 0; ; ) {
    const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(CHUNK_BYTES), 0, CHUNK_BYTES, at);
    if (bytesRead === 0) return;
    yield buffer.subarray(0, bytesRead);
    at += bytesRead;
  }
}
