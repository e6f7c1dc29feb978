import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import { uploadImage } from '@/lib/canvas';
import { hasEdition } from '@/lib/edition';
import { editionAccessSchema } from '@/lib/edition/schema';
import { operatorAsStaff } from '@/lib/group';
import { operator } from '@/lib/identity';
import { attachManifest, importManifest } from '@/lib/iiif';
import {
  type Progress,
  previewPublication,
  publishDraft,
  uploadDraft,
  uploadNewEdition,
} from '@/lib/publication';
import { formatPreview, formatProgress, formatPublication } from './publication-report';
import { formatTextReport } from './text-report';

type ImportOptions = {
  slug?: string;
  title?: string;
  language?: string;
  access?: string;
  group?: string;
  pageLength?: string;
  json?: boolean;
};

/** Adds the commands that bring texts and page images in. `withDatabase` runs the work of one. */
export function addEditionCommands(
  program: Command,
  withDatabase: (work: () => Promise<void>) => Promise<void>,
): void {
  const edition = program.command('edition').description('bring texts in');
  edition
    .command('import <file>')
    .description(
      'read a text of any kind, say what became of its words, and keep it as the draft of an edition',
    )
    .option('--slug <slug>', 'the edition, new or known; else after the file')
    .option('--title <title>', 'its title; else after the file')
    .option('--language <language>', 'its language, as “en”; else after the file')
    .option('--access <access>', 'of a new edition: public, or groups (those that read it)')
    .option('--group <group>', 'the group that a new edition is for')
    .option('--page-length <characters>', 'the longest page, from 5000 to 60000')
    .option('--json', 'print the report as JSON')
    .action((file: string, options: ImportOptions) =>
      withDatabase(async () => {
        const saved = await importText(file, options);
        if (options.json) console.log(JSON.stringify(saved, null, 2));
        else for (const line of formatTextReport(saved)) console.log(line);
      }),
    );
  edition
    .command('publish <slug>')
    .description(
      'make the draft the current revision, and find every passage again; goes on where it was broken off',
    )
    .option('--dry-run', 'say what would become of the passages, and store nothing')
    .action((slug: string, { dryRun = false }: { dryRun?: boolean }) =>
      withDatabase(async () => {
        if (!dryRun) {
          const onSection = (progress: Progress) => console.error(formatProgress(progress));
          const published = await publishDraft(operator, slug, { onSection });
          for (const line of formatPublication(published)) console.log(line);
          return;
        }
        const rehearsal = await previewPublication(operator, slug);
        if (!rehearsal) throw new Error(`${slug} has no draft: import a file that differs first.`);
        for (const line of formatPreview(rehearsal)) console.log(line);
      }),
    );

  edition
    .command('images <slug> <files...>')
    .description(
      'put scans on the pages that the files are named after, as 123.tif; another scan of a page replaces it',
    )
    .option('--not-facsimile', 'say of each that it was set anew from the text')
    .action((slug: string, files: string[], { notFacsimile = false }: { notFacsimile?: boolean }) =>
      withDatabase(async () => {
        for (const file of files) {
          const bytes = await readFile(path.resolve(process.env.SCHOLION_FROM ?? '.', file));
          const wanted = { page: path.parse(file).name, facsimile: !notFacsimile };
          const { id, label, section, offset, width, height } = await uploadImage(
            operator,
            slug,
            bytes,
            wanted,
          );
          const place = offset === null ? 'no page of the text' : `in ${section}`;
          console.log(`${file}\t${id}\t${label}\t${width} × ${height}\t${place}`);
        }
      }),
    );
  edition
    .command('manifest <slug> <url>')
    .description('put the images of an IIIF manifest on the pages that its canvases name')
    .option('--new', 'make an edition of images alone of it')
    .action((slug: string, url: string, { new: isNew = false }: { new?: boolean }) =>
      withDatabase(async () => {
        const canvases = isNew
          ? (await importManifest(operator, slug, { url })).canvases
          : await attachManifest(operator, slug, { url });
        for (const { id, label, page } of canvases) console.log(`${id}\t${label}\t${page ?? 'no page'}`);
      }),
    );
}

/** Stores a file as the draft of the edition that is named, else of the one that the file is, else of a new one. */
async function importText(
  file: string,
  { slug, access, group, pageLength, json: _, ...said }: ImportOptions,
) {
  const parsed = editionAccessSchema.optional().safeParse(access);
  if (!parsed.success) throw new Error('--access is public or groups.');
  const length = pageLength === undefined ? undefined : Number(pageLength);
  if (length !== undefined && !(Number.isInteger(length) && length >= 5_000 && length <= 60_000))
    throw new Error('--page-length is a number from 5000 to 60000.');
  const bytes = new Uint8Array(await readFile(path.resolve(process.env.SCHOLION_FROM ?? '.', file)));
  const source = { bytes, name: path.basename(file) };
  const options = { ...said, slug, pageLength: length };
  const isNew = slug === undefined ? access !== undefined || group !== undefined : !(await hasEdition(slug));
  if (!isNew) return uploadDraft(operator, source, options);
  const viewer = group === undefined ? operator : await operatorAsStaff(operator, group);
  return uploadNewEdition(viewer, source, { ...options, group, access: parsed.data });
}
