import type { ConvertedImage } from '@/lib/conversion';
import { type Tx, transaction } from '@/lib/db';
import { AppError } from '@/lib/kernel/errors';
import type { ImportReport } from '../import-report';
import type { ImportReply, ImportStep } from '../import-steps';
import type { ImportTask } from '../read-tei-file';
import { runImport } from '../run-import';
import type { EditionAccess } from '../schema';
import * as store from './store';

/** The edition that a file becomes the draft of; `mustBeNew` where another of this name is not meant. */
export type DraftTarget = {
  slug: string;
  access: EditionAccess;
  homeGroup: string | null;
  mustBeNew: boolean;
};

/** A draft that was saved; `unchanged` where the file is that of the current revision, and there is no draft. */
export type SavedDraft = {
  slug: string;
  revision: number;
  sections: number;
  unchanged: boolean;
  format: string;
  report: ImportReport;
};

/** The draft turned out to be what is published already: its transaction ends without it. */
class Unchanged extends Error {
  constructor(readonly saved: SavedDraft) {
    super('unchanged');
  }
}

/** Seconds that saving a draft may take. */
const SAVING = 900;
/** Tables are analysed after a text of so many sections and notes. */
const ANALYZE_FROM = 50;

/**
 * Reads a text and stores it as the draft revision of its edition, in batches of one transaction: the draft is not there
 * until it is whole. An earlier draft is deleted, with what was staged for it. If the file is that of the current
 * revision, and the rules are the same, there is no draft afterwards. `chooseTarget` decides which edition it is, from
 * what the file says; `onImages` takes its pictures, before the draft is there. Once `signal` is aborted the thread is
 * ended and the transaction undone.
 *
 * @throws AppError as `runImport`; `conflict` where an edition that must be new is there; the reason of `signal`.
 */
export async function importDraft(
  task: ImportTask,
  chooseTarget: (file: { slug: string | null; title: string }) => Promise<DraftTarget>,
  onImages: (tx: Tx, slug: string, images: ConvertedImage[]) => Promise<void>,
  signal?: AbortSignal,
): Promise<SavedDraft> {
  const started = performance.now();
  const steps = runImport(task, signal);
  try {
    const named = present(await take(steps, null, 'named'));
    const target = await chooseTarget(named);
    const save = (tx: Tx) => saveDraft(tx, steps, { ...named, ...target }, started, onImages);
    const saved = await transaction(save, { seconds: SAVING, signal });
    if (saved.sections >= ANALYZE_FROM) await store.analyzeTexts();
    return saved;
  } catch (error) {
    if (!(error instanceof Unchanged)) throw error;
    const { slug } = error.saved;
    await transaction(async (tx) => {
      await store.lockEditionForDraft(tx, slug);
      await store.deleteDraft(tx, slug);
    });
    return error.saved;
  } finally {
    await steps.return();
  }
}

type Steps = AsyncGenerator<ImportStep, void, ImportReply>;
type Named = Extract<ImportStep, { kind: 'named' }>;

async function saveDraft(
  tx: Tx,
  steps: Steps,
  { slug, title, language, access, homeGroup, mustBeNew }: Named & DraftTarget,
  started: number,
  onImages: (tx: Tx, slug: string, images: ConvertedImage[]) => Promise<void>,
): Promise<SavedDraft> {
  const seconds = () => Math.round(performance.now() - started) / 1_000;
  const isNew = await store.insertEdition(tx, { slug, title, language, access, homeGroup });
  // Somebody else made an edition of this name meanwhile: theirs is not replaced.
  if (mustBeNew && !isNew) {
    throw new AppError('conflict', 'There is an edition named “{slug}” already.', { values: { slug } });
  }
  const current = await store.lockEditionForDraft(tx, slug);
  const newest = await store.findNewestPublished(tx, slug);
  await store.deleteDraft(tx, slug);
  const revision = (newest?.number ?? 0) + 1;
  const earlier = current === null ? [] : await store.selectEarlierSections(tx, slug, current);
  const read = present(await take(steps, { edition: slug, revision, earlier }, 'revision'));
  const { sections, format, sha256, canon, header } = read;
  const report = { ...read.report, seconds: seconds() };
  if (newest && newest.number === current && newest.sha256 === sha256 && newest.canon === canon) {
    throw new Unchanged({ slug, sections, format, report, revision: newest.number, unchanged: true });
  }
  // What the file is called is known now; a title that somebody gave to a published edition stays.
  if (current === null) await store.renameDraft(tx, slug, read.title, language);
  await store.insertRevision(tx, {
    edition: slug,
    number: revision,
    sha256,
    canon,
    header,
    format,
    report,
  });
  const images: ConvertedImage[] = [];
  for (;;) {
    const step = await take(steps, null, 'source', 'rows', 'image');
    if (step === null) break;
    if (step.kind === 'source') await store.appendSource(tx, slug, revision, step.piece);
    else if (step.kind === 'rows') await store.insertRows(tx, step.table, step.json);
    else images.push(step.image);
  }
  if (images.length > 0) await onImages(tx, slug, images);
  const whole = { ...report, seconds: seconds() };
  await store.updateReport(tx, slug, revision, whole);
  return { slug, revision, sections, unchanged: false, format, report: whole };
}

/** The next step, which must be of one of these kinds; null after the last. */
async function take<Kind extends ImportStep['kind']>(
  steps: Steps,
  reply: ImportReply,
  ...kinds: Kind[]
): Promise<Extract<ImportStep, { kind: Kind }> | null> {
  const { value, done } = await steps.next(reply);
  if (done) return null;
  if (!(kinds as string[]).includes(value.kind))
    throw new Error(`an import gives ${value.kind} out of its order`);
  return value as Extract<ImportStep, { kind: Kind }>;
}

function present<T>(step: T | null): T {
  if (step === null) throw new Error('an import ended before it said what it is');
  return step;
}
