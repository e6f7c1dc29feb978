import { createHash } from 'node:crypto';
import type { EarlierSection } from './assign-ids';
import type { ParsedSection } from './canonical-text';
import type { ImportReport } from './import-report';
import { type ParseOptions, readTei } from './parse-tei';
import type { EditionHeader } from './schema';

/** A text as it is brought in: TEI. */
export type ImportTask = { source: string; format: string; options: Omit<ParseOptions, 'earlier'> };

/** The tables of a revision's rows. */
export type DraftTable = 'section' | 'division' | 'paragraph' | 'note' | 'page' | 'correction' | 'span';

/**
 * What an import asks and gives, step by step, so that nothing large crosses between threads at once: who it is (the
 * answer is the revision before, whose ids are kept), the revision, then its rows as JSON.
 */
export type ImportStep =
  | { kind: 'named'; slug: string | null; title: string; language: string }
  | {
      kind: 'revision';
      source: string;
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
  | { kind: 'rows'; table: DraftTable; json: string };

export type ImportReply = { edition: string; revision: number; earlier: EarlierSection[] } | null;

/** The length of a batch of rows as JSON, in code units: a statement takes some milliseconds. */
const BATCH = 400_000;

/** Reads a text and gives its draft, step by step. Pure; throws as `readTei`. */
export function* importSteps({
  source,
  format,
  options,
}: ImportTask): Generator<ImportStep, void, ImportReply> {
  const text = readTei(source, options);
  const { slug, title, language } = text;
  const reply = yield { kind: 'named', slug, title, language };
  const { sections, header, canon, report } = text.build(reply?.earlier ?? []);
  yield {
    kind: 'revision',
    source,
    sha256: createHash('sha256').update(source, 'utf8').digest('hex'),
    canon,
    title: text.title,
    language,
    header,
    format,
    report: { ...report, format },
    sections: sections.length,
  };
  if (!reply) return;
  yield* rowsOf(sections, reply.edition, reply.revision);
}

function* rowsOf(
  sections: readonly ParsedSection[],
  edition: string,
  revision: number,
): Generator<ImportStep, void, ImportReply> {
  const batches = new Map<DraftTable, { rows: string[]; size: number }>();
  const owner = { edition, revision };
  function* add(table: DraftTable, row: object): Generator<ImportStep, void, ImportReply> {
    const batch = batches.get(table) ?? { rows: [], size: 0 };
    batches.set(table, batch);
    const json = JSON.stringify({ ...owner, ...row });
    batch.rows.push(json);
    batch.size += json.length;
    // The rows of a section refer to it, so that sections are written first.
    if (batch.size > BATCH) yield* flush(table === 'section' ? ['section'] : ['section', table]);
  }
  function* flush(tables: readonly DraftTable[]): Generator<ImportStep, void, ImportReply> {
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
