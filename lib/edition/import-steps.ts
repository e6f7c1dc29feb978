import { createHash } from 'node:crypto';
import {
  type ConvertedImage,
  convertToTei,
  decodeText,
  detectFormat,
  type FileFormat,
} from '@/lib/conversion';
import type { EarlierSection } from './assign-ids';
import type { ParsedSection } from './canonical-text';
import type { ImportReport } from './import-report';
import { type ParseOptions, readTei } from './parse-tei';
import type { EditionHeader } from './schema';
import { LONGEST_SOURCE } from './tei/read-source';

/** A file that is brought in, with what its sender says of it. */
export type ImportTask = {
  bytes: Uint8Array;
  mediaType?: string | undefined;
  /** The name of the file. */
  name?: string | undefined;
  options: Omit<ParseOptions, 'earlier'>;
  /** The address that a picture of the file has here, with `{id}` for the SHA-256 of its bytes. */
  imageAddress?: string | undefined;
};

/** The tables of a revision's rows. */
export type DraftTable = 'section' | 'division' | 'paragraph' | 'note' | 'page' | 'correction' | 'span';

/**
 * What an import asks and gives, step by step, so that nothing large crosses between threads at once: who it is (the
 * answer is the revision before, whose ids are kept), the revision, its rows as JSON, and its pictures.
 */
export type ImportStep =
  | { kind: 'named'; slug: string | null; title: string; language: string }
  | {
      kind: 'revision';
      sha256: string;
      canon: string;
      title: string;
      language: string;
      header: EditionHeader;
      format: string;
      report: Omit<ImportReport, 'seconds'>;
      /** How many sections and notes. */
      sections: number;
    }
  /** A piece of its TEI, to be put behind those before. */
  | { kind: 'source'; piece: string }
  | { kind: 'rows'; table: DraftTable; json: string }
  | { kind: 'image'; image: ConvertedImage };

export type ImportReply = { edition: string; revision: number; earlier: EarlierSection[] } | null;

/** The length of a batch of rows as JSON, in code units: a statement takes some milliseconds. */
const BATCH = 400_000;
/** The same of a piece of the source: each is put behind the others in the database. */
const SOURCE_PIECE = 1_500_000;

/** Reads a file and gives its draft, step by step. Pure; throws as `detectFormat`, `convertToTei` and `readTei`. */
export async function* importSteps(task: ImportTask): AsyncGenerator<ImportStep, void, ImportReply> {
  const { source, format, complete, images } = await teiOf(task);
  const text = readTei(source, task.options);
  const { slug, title, language } = text;
  const reply = yield { kind: 'named', slug: format === 'tei' ? slug : null, title, language };
  const made = text.build(reply?.earlier ?? []);
  yield {
    kind: 'revision',
    sha256: createHash('sha256').update(source, 'utf8').digest('hex'),
    canon: made.canon,
    title: made.title,
    language,
    header: made.header,
    format,
    report: complete(made.report),
    sections: made.sections.length,
  };
  if (!reply) return;
  for (const piece of piecesOf(source)) yield { kind: 'source', piece };
  yield* rowsOf(made.sections, reply.edition, reply.revision);
  for (const image of images) yield { kind: 'image', image };
}

type Report = Omit<ImportReport, 'seconds'>;

/** The TEI of a file: its own, or what is made of another format; and what that adds to the report. */
async function teiOf({ bytes, mediaType, name, options, imageAddress }: ImportTask): Promise<{
  source: string;
  format: FileFormat;
  images: ConvertedImage[];
  complete: (report: Omit<Report, 'format'>) => Report;
}> {
  const format = detectFormat(bytes, { ...(mediaType && { mediaType }), ...(name && { name }) });
  if (format === 'tei' || format === 'xml') {
    const { text, encoding, isGuessed } = decodeText(bytes, { isMarkup: true, most: LONGEST_SOURCE });
    const guess = { element: encoding, count: 1, words: 0, places: [], reason: 'encoding-guessed' };
    const complete = (report: Omit<Report, 'format'>) => ({
      ...report,
      format,
      shownPlainly: [...(isGuessed ? [guess] : []), ...report.shownPlainly],
    });
    return { source: text, format, images: [], complete };
  }
  const { title, language } = options;
  const hints = { ...(name && { name }), ...(title && { title }), ...(language && { language }) };
  const { tei, notices, words, images } = await convertToTei(bytes, format, hints);
  const tallies = (kind: 'left-out' | 'plain') =>
    notices
      .filter((notice) => notice.kind === kind)
      .map(({ element, count, words: taken, places, reason }) => ({
        element,
        count,
        words: taken,
        places,
        reason,
      }));
  return {
    source: imageAddress === undefined ? tei : addressImages(tei, images, imageAddress),
    format,
    images,
    complete: (report) => ({
      ...report,
      format,
      words: {
        file: words.file,
        text: report.words.text,
        leftOut: words.leftOut + report.words.leftOut,
      },
      sameSequence: report.sameSequence && words.sameSequence,
      leftOut: [...tallies('left-out'), ...report.leftOut],
      shownPlainly: [...tallies('plain'), ...report.shownPlainly],
    }),
  };
}

/** A text in pieces, none of which is long to send; no surrogate pair is parted. */
function* piecesOf(text: string): Generator<string> {
  for (let from = 0; from < text.length; ) {
    let to = Math.min(from + SOURCE_PIECE, text.length);
    if (to < text.length && /[\uD800-\uDBFF]/.test(text.charAt(to - 1))) to++;
    yield text.slice(from, to);
    from = to;
  }
}

/** Gives the pictures inside the text the addresses that they have here, so that the TEI can come back without them. */
function addressImages(tei: string, images: readonly ConvertedImage[], address: string): string {
  const addresses = new Map(
    images
      .filter(({ page }) => page === undefined)
      .map(({ id, bytes }) => [
        id,
        address.replace('{id}', createHash('sha256').update(bytes).digest('hex')),
      ]),
  );
  if (addresses.size === 0) return tei;
  return tei.replace(/(<graphic\b[^>]*?\surl=")([^"]*)"/g, (found, head: string, url: string) => {
    const known = addresses.get(url) ?? addresses.get(url.replaceAll('%20', ' ').replaceAll('&amp;', '&'));
    return known === undefined ? found : `${head}${known}"`;
  });
}

function* rowsOf(
  sections: readonly ParsedSection[],
  edition: string,
  revision: number,
): Generator<ImportStep> {
  const batches = new Map<DraftTable, { rows: string[]; size: number }>();
  const owner = { edition, revision };
  function* add(table: DraftTable, row: object): Generator<ImportStep> {
    const batch = batches.get(table) ?? { rows: [], size: 0 };
    batches.set(table, batch);
    const json = JSON.stringify({ ...owner, ...row });
    batch.rows.push(json);
    batch.size += json.length;
    // The rows of a section refer to it, so that sections are written first.
    if (batch.size > BATCH) yield* flush(table === 'section' ? ['section'] : ['section', table]);
  }
  function* flush(tables: readonly DraftTable[]): Generator<ImportStep> {
    for (const table of tables) {
      const batch = batches.get(table);
      if (!batch || batch.rows.length === 0) continue;
      batches.delete(table);
      yield { kind: 'rows', table, json: `[${batch.rows.join(',')}]` };
    }
  }
  for (const [position, section] of sections.entries()) {
    const { paragraphs, notes, pages, corrections, spans, divisions, ...row } = section;
    yield* add('section', { ...row, position, blocks: paragraphs.length });
    const own = { section: section.id };
    for (const [at, { containers, details, ...paragraph }] of paragraphs.entries()) {
      const rest = { containers: containers.length > 0 ? containers : null, details: orNull(details) };
      yield* add('paragraph', { ...own, position: at, ...paragraph, ...rest });
    }
    for (const note of notes) yield* add('note', { ...own, ...note });
    for (const page of pages) yield* add('page', { ...own, ...page });
    for (const [at, correction] of corrections.entries())
      yield* add('correction', { ...own, position: at, ...correction });
    for (const [at, { details, ...span }] of spans.entries())
      yield* add('span', { ...own, position: at, ...span, details: orNull(details) });
    for (const [at, division] of divisions.entries())
      yield* add('division', { ...own, position: at, ...division });
  }
  yield* flush(['section', 'division', 'paragraph', 'note', 'page', 'correction', 'span']);
}

function orNull<T extends object>(details: T): T | null {
  return Object.keys(details).length > 0 ? details : null;
}
