import { createHash } from 'node:crypto';
import type { ConvertedImage } from '@/lib/conversion';
import type { ParsedSection } from './canonical-text';
import type { ImportReport } from './import-report';
import { readTei, type TeiText } from './parse-tei';
import { type ImportTask, readTeiFile } from './read-tei-file';
import type { EditionHeader } from './schema';
import type { EarlierSection } from './sections/assign-ids';
import { beyondBound, TEXT_BOUNDS } from './text-bounds';

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
/** A file of so many bytes is read in a thread, which has it for itself. */
const LONG = 1_000_000;

/** Reads a file and gives its draft, step by step. Pure; throws as `detectFormat`, `convertToTei` and `readTei`. */
export async function* importSteps(task: ImportTask): AsyncGenerator<ImportStep, void, ImportReply> {
  const { source, format, complete, imagesOf } = await readTeiFile(task);
  // Pictures of other formats are parts of the file.
  if (format === 'tei' || format === 'xml') release(task.bytes);
  // What is read is held by nothing once the sections are made, and each of those until it is handed over.
  let text: TeiText | null = readTei(source, task.options);
  const { slug, title, language } = text;
  const reply = yield { kind: 'named', slug: format === 'tei' ? slug : null, title, language };
  const made = text.build(reply?.earlier ?? []);
  text = null;
  if (rowCount(made.sections) > TEXT_BOUNDS.rows) throw beyondBound('rows');
  const images = imagesOf(made.sections);
  yield {
    kind: 'revision',
    sha256: digestOf(source),
    canon: made.canon,
    title: made.title,
    language,
    header: made.header,
    format,
    report: complete(made.report, images),
    sections: made.sections.length,
  };
  if (!reply) return;
  for (const piece of piecesOf(source)) yield { kind: 'source', piece };
  yield* rowsOf(made.sections, reply.edition, reply.revision);
  for (const image of images) yield { kind: 'image', image };
}

/** Frees the bytes of a long file, which the message to this thread would hold until its end. */
function release({ buffer }: Uint8Array): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength > LONG)
    structuredClone(buffer, { transfer: [buffer] });
}

/** SHA-256 of a text in UTF-8, piece by piece: as a whole it would be there twice. */
function digestOf(text: string): string {
  const hash = createHash('sha256');
  for (const piece of piecesOf(text)) hash.update(piece, 'utf8');
  return hash.digest('hex');
}

function rowCount(sections: readonly ParsedSection[]): number {
  return sections.reduce((sum, { paragraphs, notes, pages, corrections, spans, divisions }) => {
    const lists = [paragraphs, notes, pages, corrections, spans, divisions];
    return lists.reduce((rows, { length }) => rows + length, sum + 1);
  }, 0);
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

/** The rows of sections, which are taken out of their list as they are handed over. */
function* rowsOf(
  sections: (ParsedSection | null)[],
  edition: string,
  revision: number,
): Generator<ImportStep> {
  const batches = new Map<DraftTable, { rows: string[]; size: number }>();
  const owner = { edition, revision };
  function* add(table: DraftTable, row: object): Generator<ImportStep> {
    const batch = batches.get(table) ?? { rows: [], size: 0 };
    batches.set(table, batch);
    const json = JSON.stringify({ ...owner, ...row });
    if (json.length > TEXT_BOUNDS.row) throw beyondBound('row');
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
    if (section === null) continue;
    sections[position] = null;
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
