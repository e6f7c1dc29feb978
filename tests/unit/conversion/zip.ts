import { ZipFile } from 'yazl';

/** A zip archive of files by name, and of folders where a name ends in a slash. A `mimetype` stands first and unpacked, as EPUB and OpenDocument want it. */
export async function zip(files: Record<string, string | Uint8Array>): Promise<Buffer> {
  const archive = new ZipFile();
  for (const [name, content] of Object.entries(files))
    if (name.endsWith('/')) archive.addEmptyDirectory(name);
    else archive.addBuffer(Buffer.from(content as string), name, { compress: name !== 'mimetype' });
  archive.end();
  const chunks: Buffer[] = [];
  for await (const chunk of archive.outputStream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
