import { AppError } from '@/lib/kernel/errors';
import { unzip } from '@/lib/kernel/unzip';
import { BOUNDS } from './schema';
import { archiveNames } from './zip-names';

/**
 * The files of a zip archive by name, within the bounds on what it unpacks to and on their number.
 *
 * @throws AppError `too_large` with the bound, `invalid` where the archive is damaged.
 */
export async function readArchive(
  bytes: Uint8Array,
  isWanted?: (name: string) => boolean,
): Promise<Map<string, Buffer>> {
  const damaged = () => new AppError('invalid', 'This archive is damaged: its list of files cannot be read.');
  const names = archiveNames(bytes);
  if (!names) throw damaged();
  if (names.length > BOUNDS.entries) {
    throw new AppError('too_large', 'This archive has more than {entries} files.', {
      values: { entries: BOUNDS.entries },
    });
  }
  try {
    const archive = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    // Some programs list folders as files whose name ends in a slash (APPNOTE §4.4.17).
    const isFile = (name: string) => !name.endsWith('/') && (isWanted?.(name) ?? true);
    return await unzip(archive, { maxBytes: BOUNDS.unpackedBytes, isWanted: isFile });
  } catch (error) {
    if (!(error instanceof AppError)) throw damaged();
    throw new AppError('too_large', 'This archive unpacks to more than {megabytes} MB.', {
      values: { megabytes: BOUNDS.unpackedBytes / 1_000_000 },
    });
  }
}
