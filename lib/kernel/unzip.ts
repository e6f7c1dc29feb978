import { type Entry, fromBuffer, type ZipFile } from 'yauzl';
import { AppError } from './errors';

/** Which files of an archive to read, and how many bytes they may unpack to together. */
type UnzipOptions = { isWanted?: (name: string) => boolean; maxBytes?: number };

/**
 * The files of a zip archive by name, unpacked in memory. `maxBytes` bounds what is really unpacked, because the sizes
 * that the entries state may be false. Throws too_large, and an error of yauzl where the archive is broken.
 */
export function unzip(archive: Buffer, options: UnzipOptions = {}): Promise<Map<string, Buffer>> {
  return new Promise((resolve, reject) => {
    fromBuffer(archive, { lazyEntries: true }, (error, zip) =>
      error ? reject(error) : readEntries(zip, options).then(resolve, reject),
    );
  });
}

function readEntries(
  zip: ZipFile,
  { isWanted = () => true, maxBytes = Number.POSITIVE_INFINITY }: UnzipOptions,
): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  let bytesLeft = maxBytes;
  return new Promise((resolve, reject) => {
    zip.on('error', reject);
    zip.on('end', () => resolve(files));
    zip.on('entry', (entry: Entry) => {
      if (!isWanted(entry.fileName)) return zip.readEntry();
      zip.openReadStream(entry, async (openError, stream) => {
        if (openError) return reject(openError);
        try {
          const chunks: Buffer[] = [];
          for await (const chunk of stream) {
            bytesLeft -= (chunk as Buffer).length;
            if (bytesLeft < 0) throw new AppError('too_large', 'The body is larger than this server takes.');
            chunks.push(chunk as Buffer);
          }
          files.set(entry.fileName, Buffer.concat(chunks));
          zip.readEntry();
        } catch (readError) {
          reject(readError);
        }
      });
    });
    zip.readEntry();
  });
}
