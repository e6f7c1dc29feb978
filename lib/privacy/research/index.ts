/** A copy of a group's discussion for research: of those alone who agreed, without their names. */
import { createHash, randomInt } from 'node:crypto';
import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { type AnnotationRow, scanAnnotationRows } from '@/lib/annotation';
import { getGroup, requireGroupAction, resolveMembership } from '@/lib/group';
import { type Locale, translator } from '@/lib/i18n';
import { requireModerateScope, requireWriteScope, type Viewer } from '@/lib/identity';
import { AppError, notFound } from '@/lib/kernel/errors';
import { createPacer } from '@/lib/kernel/pacer';
import { nameReplacer } from './replace-names';
import type { ResearchConsent } from './schema';
import * as store from './store';

const DAY_MS = 86_400_000;
/** Dates are moved back by so many days, at random. */
const [LEAST_DAYS, MOST_DAYS] = [30, 3_650];
/** Text shrinks to a quarter at any level. */
const LEVEL = 3;

/** What the group asks its members to agree to, and whether the viewer does. For members; throws not_found. */
export async function getResearchConsent(viewer: Viewer, slug: string): Promise<ResearchConsent> {
  const { groupId, member } = await resolveMembership(viewer, slug);
  if (!member || viewer.id === null) throw notFound();
  const { researchWording: wording } = await getGroup(viewer, slug);
  const agreed = await store.findConsent(groupId, viewer.id, wording);
  return { wording, agreed: agreed?.toISOString() ?? null };
}

/** Agrees to the group's words. Throws not_found, and conflict where they are others than `wording` now. */
export async function giveResearchConsent(
  viewer: Viewer,
  slug: string,
  wording: string,
): Promise<ResearchConsent> {
  const { id } = requireWriteScope(viewer);
  const { wording: now } = await getResearchConsent(viewer, slug);
  if (now !== wording) throw new AppError('conflict', 'These words have changed: read them again first.');
  const { groupId } = await resolveMembership(viewer, slug);
  await store.upsertConsent(groupId, id, wording);
  return getResearchConsent(viewer, slug);
}

/** Agrees no longer: a copy that is made from now on has nothing of theirs. Throws not_found. */
export async function withdrawResearchConsent(viewer: Viewer, slug: string): Promise<void> {
  const { id } = requireWriteScope(viewer);
  const { groupId } = await resolveMembership(viewer, slug);
  await store.deleteConsent(groupId, id);
}

/**
 * The published notes for the group of those who agreed to its words, as a ZIP that is made as it is read: notes and authors
 * with pseudonyms that are drawn anew for each copy and the same in all of it, dates moved by one number of days where wished, the
 * words that were agreed to, and a manifest with the SHA-256 of each file. For those who set the group up; throws not_found,
 * forbidden, conflict where nobody is asked to agree.
 */
export async function createResearchCopy(
  viewer: Viewer,
  slug: string,
  { shiftDates, locale }: { shiftDates: boolean; locale: Locale },
): Promise<{ bytes: AsyncGenerator<Uint8Array>; end: () => void }> {
  requireModerateScope(viewer);
  const membership = await resolveMembership(viewer, slug);
  requireGroupAction(membership, 'settings');
  const { groupId } = membership;
  const { researchWording: wording } = await getGroup(viewer, slug);
  if (wording === '')
    throw new AppError('conflict', 'Nobody is asked to agree yet: write what to in the settings.');
  const people = await store.selectKnownPeople(groupId);
  const pseudonyms = pseudonymsOf(people.filter(({ consents }) => consents));
  const replaceNames = nameReplacer(people, pseudonyms);
  const shift = shiftDates ? randomInt(LEAST_DAYS, MOST_DAYS) * DAY_MS : 0;
  const t = translator(locale, 'privacy');
  const zip = new ZipFile();
  const output = zip.outputStream as Readable;
  const files: { name: string; bytes: number; sha256: string }[] = [];
  const counts = { notes: 0, authors: pseudonyms.size, asked: people.length };
  const add = (name: string, lines: () => AsyncIterable<string>) =>
    zip.addReadStreamLazy(`${slug}-research/${name}`, { compressionLevel: LEVEL, mtime: NO_DATE }, (take) => {
      const stream = Readable.from(hashed(name, lines(), files), { objectMode: false });
      stream.on('error', (error) => output.destroy(error));
      take(null, stream);
    });
  add('README.txt', () => textOf(`${t('research.readme')}\n`));
  add('consent.txt', () => textOf(`${wording}\n`));
  add('notes.jsonl', async function* () {
    const ids = new Map<string, string>();
    const giveWay = createPacer();
    for await (const rows of scanAnnotationRows(viewer, slug, { state: 'published' })) {
      const kept = rows.filter(
        ({ authorId, visibility }) => visibility === 'group' && pseudonyms.has(authorId),
      );
      for (const { id } of kept) ids.set(id, `n${ids.size + 1}`);
      counts.notes += kept.length;
      for (const row of kept) {
        await giveWay();
        yield `${JSON.stringify(copiedNote(row, { ids, pseudonyms, replaceNames, shift }))}\n`;
      }
    }
  });
  add('authors.csv', () =>
    textOf(
      [
        'author,role',
        ...people.flatMap(({ id, role }) => authorLine(pseudonyms.get(id), role)).toSorted(),
      ].join('\r\n'),
    ),
  );
  // Its checksums are known when all else was read.
  add('manifest.json', async function* () {
    yield `${JSON.stringify({ counts, datesShifted: shiftDates, consent: 'consent.txt', files: [...files] }, null, 2)}\n`;
  });
  zip.on('error', (error) => output.destroy(error as Error));
  zip.end();
  return { bytes: chunksOf(output), end: () => void output.destroy() };
}

/** The date of every file, so that it tells nothing: the first that a ZIP knows. */
const NO_DATE = new Date(1980, 0, 1);

/** A pseudonym for each person, in an order that says nothing of them. */
function pseudonymsOf(people: { id: string }[]): Map<string, string> {
  const drawn = people.map(({ id }) => id);
  for (let i = drawn.length - 1; i > 0; i--) {
    const j = randomInt(i + 1);
    [drawn[i], drawn[j]] = [drawn[j] as string, drawn[i] as string];
  }
  return new Map(drawn.map((id, i) => [id, `P${i + 1}`]));
}

type Copying = {
  ids: ReadonlyMap<string, string>;
  pseudonyms: ReadonlyMap<string, string>;
  replaceNames: (text: string) => string;
  shift: number;
};

/** A note as the copy has it. What it answers is `null` where its author did not agree, and `answers` says that there was something. */
function copiedNote(row: AnnotationRow, { ids, pseudonyms, replaceNames, shift }: Copying) {
  const date = (moment: Date) => new Date(moment.getTime() - shift).toISOString();
  return {
    id: ids.get(row.id),
    author: pseudonyms.get(row.authorId),
    answers: row.parentId === null ? false : (ids.get(row.parentId) ?? true),
    thread: ids.get(row.rootId) ?? null,
    kind: row.kind,
    edition: row.edition,
    section: row.section,
    passages: row.passages.map(({ edition, section, start, end, exact }) => ({
      edition,
      section,
      start,
      end,
      exact,
    })),
    text: replaceNames(row.body),
    tags: row.tags.map(replaceNames),
    created: date(row.createdAt),
    edited: row.editedAt && date(row.editedAt),
  };
}

function authorLine(pseudonym: string | undefined, role: string | null): string[] {
  return pseudonym === undefined ? [] : [`${pseudonym},${role ?? 'former'}`];
}

async function* hashed(
  name: string,
  lines: AsyncIterable<string>,
  files: { name: string; bytes: number; sha256: string }[],
): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const line of lines) {
    const chunk = Buffer.from(line);
    hash.update(chunk);
    bytes += chunk.length;
    yield chunk;
  }
  files.push({ name, bytes, sha256: hash.digest('hex') });
}

async function* textOf(text: string): AsyncGenerator<string> {
  yield text;
}

async function* chunksOf(output: Readable): AsyncGenerator<Uint8Array> {
  for await (const chunk of output) yield chunk as Uint8Array;
}
