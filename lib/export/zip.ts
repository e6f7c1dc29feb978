import { createHash } from 'node:crypto';
import path from 'node:path';
import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { type Locale, translator } from '@/lib/i18n';
import { containerIri } from '@/lib/w3c';
import packageJson from '@/package.json';
import type { ExportedGroup } from './formats/json-ld';
import type { Snapshot } from './snapshot';

/** A file of the archive. `description` says in the README what it is for; the bytes are made as they are read. */
export type ArchiveEntry = {
  name: string;
  type: string;
  description: string;
  bytes: () => AsyncIterable<Uint8Array>;
};

/** Text shrinks to a quarter at any level; higher levels take longer and gain little. */
const LEVEL = 3;

/**
 * All files in one archive, with a README for readers who do not know Scholion, and last a manifest with counts and
 * the SHA-256 of each file. A zip has its directory at the end (APPNOTE §4.3.6), so an interrupted archive does not
 * open. All dates are those of the newest change, so that the same annotations make the same bytes.
 */
export async function* createZip(
  { group, locale }: { group: ExportedGroup; locale: Locale },
  snapshot: Snapshot,
  filter: Record<string, unknown>,
  entries: ArchiveEntry[],
): AsyncGenerator<Uint8Array> {
  const zip = new ZipFile();
  const output = zip.outputStream as Readable;
  const mtime = snapshot.modified ?? new Date(Date.UTC(1980, 0, 1));
  const hashes: { name: string; type: string; bytes: number; sha256: string }[] = [];
  const add = (name: string, chunks: () => AsyncIterable<Uint8Array>) => {
    const options = { mtime, compressionLevel: LEVEL };
    zip.addReadStreamLazy(`${group.slug}/${name}`, options, (take) => {
      const stream = Readable.from(chunks());
      stream.on('error', (error) => output.destroy(error));
      take(null, stream);
    });
  };
  const addHashed = ({ name, type, bytes }: ArchiveEntry) =>
    add(name, async function* () {
      const hash = createHash('sha256');
      let length = 0;
      for await (const chunk of bytes()) {
        hash.update(chunk);
        length += chunk.length;
        yield chunk;
      }
      hashes.push({ name, type, bytes: length, sha256: hash.digest('hex') });
    });

  const readme = readmeOf(group, locale, snapshot, entries);
  addHashed({
    name: 'README.txt',
    type: 'text/plain; charset=utf-8',
    description: '',
    bytes: () => textBytes(readme),
  });
  for (const entry of entries) addHashed(entry);
  // Its bytes are made last, when the hashes of all other files are known.
  add('manifest.json', () => textBytes(JSON.stringify(manifestOf(group, snapshot, filter, hashes), null, 2)));
  zip.on('error', (error) => output.destroy(error as Error));
  zip.end();
  for await (const chunk of output) yield chunk as Uint8Array;
}

async function* textBytes(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(`${text}\n`);
}

function manifestOf({ slug, name }: ExportedGroup, snapshot: Snapshot, filter: object, files: object[]) {
  const { entries, modified } = snapshot;
  const replies = entries.filter(({ parentId }) => parentId !== null).length;
  return {
    software: { name: 'Scholion', version: packageJson.version },
    group: { slug, name, annotations: containerIri(slug) },
    selection: filter,
    counts: {
      annotations: entries.length,
      glosses: entries.length - replies,
      replies,
      authors: new Set(entries.map(({ authorId }) => authorId)).size,
    },
    modified: modified?.toISOString() ?? null,
    files,
  };
}

function readmeOf(
  { slug, name }: ExportedGroup,
  locale: Locale,
  { entries }: Snapshot,
  files: ArchiveEntry[],
): string {
  const t = translator(locale, 'export');
  // A folder is listed in one line.
  const lastInFolder = new Map(files.map((file) => [path.dirname(file.name), file]));
  const listed = files.flatMap((file) => {
    const folder = path.dirname(file.name);
    if (folder === '.') return file;
    return lastInFolder.get(folder) === file ? { ...file, name: `${folder}/` } : [];
  });
  return [
    t('readme.title', { name }),
    t('readme.what', { count: t('md.count', { count: entries.length }) }),
    ...listed.map(({ name, description }) => `${name}\n    ${description}`),
    `manifest.json\n    ${t('readme.manifest')}`,
    t('readme.which'),
    t('readme.check'),
    t('readme.where', { address: containerIri(slug) }),
  ].join('\n\n');
}
