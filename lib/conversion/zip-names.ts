/**
 * The names of the files of a zip archive by its central directory (APPNOTE §4.3.12), without unpacking anything; null
 * where there is none. Recognising a file needs no more, and must not wait for a stream.
 */
export function archiveNames(bytes: Uint8Array): string[] | null {
  const archive = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = archive.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  if (end < 0 || end + 22 > archive.length) return null;
  const names: string[] = [];
  let at = archive.readUInt32LE(end + 16);
  while (at + 46 <= archive.length && archive.readUInt32LE(at) === 0x02014b50 && names.length < MOST_NAMES) {
    const [name, extra, comment] = [28, 30, 32].map((offset) => archive.readUInt16LE(at + offset)) as [
      number,
      number,
      number,
    ];
    names.push(archive.toString('utf8', at + 46, at + 46 + name));
    at += 46 + name + extra + comment;
  }
  return names.length > 0 ? names : null;
}

const MOST_NAMES = 20_000;
