import { createHash } from 'node:crypto';
import path from 'node:path';
import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { type Locale, translator } from '@/lib/i18n';
import { containerIri } from '@/lib/w3c';
import packageJson from '@/package.json';
import type { ExportedGroup } from './formats/json-ld';
import type { Snapshot } from './snapshot';

/** A file of the archive: its name, its media type, what it is for, and its bytes as they are made. */
export type ArchiveEntry = {
  name: string;
  type: string;
  what: string;
  bytes: () => AsyncIterable<Uint8Array>;
};

/** Text shrinks to a quarter at any level; higher ones take longer for little. */
const LEVEL = 3;

/**
 * Everything in one archive: the members, a README for somebody who has never heard of us, and last a manifest with
 * counts and the SHA-256 of each file. The directory of a zip stands at its end (APPNOTE §4.3.6), so that an archive
 * that breaks off does not open. Its dates are those of the newest change: the same notes make the same bytes.
 */
export async function* createZip(
  { subject, locale }: { subject: ExportedGroup; locale: Locale },
  selection: Snapshot,
  filter: Record<string, unknown>,
  members: ArchiveEntry[],
): AsyncGenerator<Uint8Array> {
  const zip = new ZipFile();
  const output = zip.outputStream as Readable;
  const mtime = selection.modified ?? new Date(Date.UTC(1980, 0, 1));
  const files: { name: string; type: string; bytes: number; sha256: string }[] = [];
  const add = (name: string, chunks: () => AsyncIterable<Uint8Array>) => {
    const options = { mtime, compressionLevel: LEVEL };
    zip.addReadStreamLazy(`${subject.slug}/${name}`, options, (take) => {
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
      files.push({ name, type, bytes: length, sha256: hash.digest('hex') });
    });

  const readme = readmeOf(subject, locale, selection, members);
  addHashed({ name: 'README.txt', type: 'text/plain; charset=utf-8', what: '', bytes: () => once(readme) });
  for (const member of members) addHashed(member);
  // It is written when all the others are, so it knows them.
  add('manifest.json', () => once(JSON.stringify(manifestOf(subject, selection, filter, files), null, 2)));
  zip.on('error', (error) => output.destroy(error as Error));
  zip.end();
  for await (const chunk of output) yield chunk as Uint8Array;
}

async function* once(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(`${text}\n`);
}

function manifestOf({ slug, name }: ExportedGroup, selection: Snapshot, filter: object, files: object[]) {
  const { entries, modified } = selection;
  const replies = entries.filter(({ parentId }) => parentId !== null).length;
  return {
    software: { name: 'Scholion', version: packageJson.version },
    group: { slug, name, annotations: containerIri(slug) },
    selection: filter,
    counts: {
      ...{ annotations: entries.length, glosses: entries.length - replies, replies },
      authors: new Set(entries.map(({ authorId }) => authorId)).size,
    },
    /** When the newest of them changed. */
    modified: modified?.toISOString() ?? null,
    files,
  };
}

function readmeOf(
  { slug, name }: ExportedGroup,
  locale: Locale,
  { entries }: Snapshot,
  members: ArchiveEntry[],
): string {
  const t = translator(locale, 'export');
  // Of a folder one line says it.
  const folders = new Map(members.map((member) => [path.dirname(member.name), member]));
  const named = members.flatMap((member) => {
    const folder = path.dirname(member.name);
    if (folder === '.') return member;
    return folders.get(folder) === member ? { ...member, name: `${folder}/` } : [];
  });
  return [
    t('readme.title', { name }),
    t('readme.what', { count: t('md.count', { count: entries.length }) }),
    ...named.map((member) => `${member.name}\n    ${member.what}`),
    `manifest.json\n    ${t('readme.manifest')}`,
    t('readme.which'),
    t('readme.check'),
    t('readme.where', { address: containerIri(slug) }),
  ].join('\n\n');
}
