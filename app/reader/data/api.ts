/** What the glossing layer asks of the API. */

import { type ApiCall, api, Problem } from '@/app/_ui/api-client';
import type { PageIndex } from '@/lib/annotation/page-index/schema';
import type { Ability, Annotation, AnnotationChange, NewGloss, NewReply } from '@/lib/annotation/schema';
import type { Version } from '@/lib/annotation/versions/schema';
import type { Region } from '@/lib/canvas/schema';
import type { Role } from '@/lib/policy';
import { sliceOf } from '../text/text-position';
import { type AnnotationSummary, readSummaries } from './annotation-summary';
import type { DraftFields, RegionTarget, TextTarget } from './editor-draft';

export interface ReaderGroup {
  slug: string;
  role: Role;
  name: string;
}

export interface CurrentUser {
  id: string;
  name: string;
  groups: ReaderGroup[];
}

interface NotePage {
  items: Annotation[];
  next: string | null;
}

/** Code points of context that go with a quotation. */
const CONTEXT = 32;
/** Longest quotation that the API takes. */
const LONGEST_QUOTE = 20_000;

/** Milliseconds until what has come is shown, and how many times as long it is then waited for more. */
const PATIENCE = 1_000;
const GROWTH = 4;

/** Threads in one call: an address has its length. */
const THREADS = 50;

/** Which notes: of a group, on some sections. */
export interface PageScope {
  group: string;
  edition: string;
  sections: string[];
}

/** Notes in brief, their tags, and what those near the view say. */
export interface SummaryBatch {
  notes: readonly AnnotationSummary[];
  tags: readonly string[];
  texts: readonly Annotation[];
  /** Whether others follow. */
  more: boolean;
}

/**
 * All notes in brief, and what those near `near` say (a section and an offset): one part of the outline after another.
 * Where that takes long, some are shown while the rest comes; the waits grow, so that what is reckoned anew with each
 * portion stays little.
 */
export async function* loadSummaries(
  { group, edition, sections }: PageScope,
  near: string,
  signal: AbortSignal,
): AsyncGenerator<SummaryBatch> {
  let notes: AnnotationSummary[] = [];
  let tags: string[] = [];
  let texts: Annotation[] = [];
  let patience = PATIENCE;
  let since = performance.now();
  for (let cursor: string | null = ''; cursor !== null; ) {
    const query = new URLSearchParams({ edition, section: sections.join(), near });
    if (cursor) query.set('cursor', cursor);
    const outline: PageIndex = await api(`groups/${group}/outline?${query}`, { signal });
    const come = readSummaries(outline);
    notes = notes.length === 0 ? come : notes.concat(come);
    tags = tags.concat(outline.tags);
    texts = texts.concat(outline.texts);
    cursor = outline.next;
    if (cursor !== null && performance.now() - since < patience) continue;
    yield { notes, tags, texts, more: cursor !== null };
    [notes, tags, texts] = [[], [], []];
    patience *= GROWTH;
    since = performance.now();
  }
}

/** What threads say, by their roots. */
export async function* loadThreads(
  group: string,
  roots: readonly string[],
  signal: AbortSignal,
): AsyncGenerator<Annotation[]> {
  for (let from = 0; from < roots.length; from += THREADS) {
    yield* loadList(group, { thread: roots.slice(from, from + THREADS).join() }, signal);
  }
}

/** What all notes say. */
export function loadAllAnnotations(
  { group, edition, sections }: PageScope,
  signal: AbortSignal,
): AsyncGenerator<Annotation[]> {
  return loadList(group, { edition, section: sections.join() }, signal);
}

async function* loadList(
  group: string,
  filter: Record<string, string>,
  signal: AbortSignal,
): AsyncGenerator<Annotation[]> {
  for (let cursor: string | null = ''; cursor !== null; ) {
    const query = new URLSearchParams({ ...filter, limit: '500' });
    if (cursor) query.set('cursor', cursor);
    const page: NotePage = await api(`groups/${group}/annotations?${query}`, { signal });
    yield page.items;
    cursor = page.next;
  }
}

/**
 * A call that changes something. A group is hidden from strangers, so after the session has ended the answer is that
 * there is nothing here; asking who we are then throws what is really the matter.
 */
async function mutate<T>(path: string, call: ApiCall): Promise<T> {
  try {
    return await api<T>(path, call);
  } catch (problem) {
    if (problem instanceof Problem && problem.status === 404) await api('me');
    throw problem;
  }
}

/** Write a gloss. The words go with the offsets, and the image with the region: it can never land on others. */
export function createGloss(
  at: { group: string; edition: string; assignment: string | null },
  targets: readonly TextTarget[],
  drawn: RegionTarget | undefined,
  fields: DraftFields,
  roots: ReadonlyMap<string, Element>,
): Promise<Annotation> {
  const [first, ...more] = targets;
  const gloss: Partial<NewGloss> = { edition: at.edition, ...fields };
  if (first) gloss.section = first.section;
  if (at.assignment) gloss.assignment = at.assignment;
  if (drawn) {
    const { canvas, image, region } = drawn;
    Object.assign(gloss, { canvas, image, region });
  }
  if (first && more.length === 0) Object.assign(gloss, passageOf(first, roots));
  else if (first)
    gloss.passages = targets.map((target) => ({ section: target.section, ...passageOf(target, roots) }));
  return mutate(`groups/${at.group}/annotations`, { method: 'POST', body: gloss });
}

/** A passage by its offsets, and by its words with what stands around them; nothing for the whole section. */
function passageOf(
  { section, start, end, exact }: TextTarget,
  roots: ReadonlyMap<string, Element>,
): Pick<Partial<NewGloss>, 'start' | 'end' | 'quote'> {
  if (start === null || end === null) return {};
  if (exact.length > LONGEST_QUOTE) return { start, end };
  const root = roots.get(section);
  const prefix = root ? sliceOf(root, Math.max(0, start - CONTEXT), start) : '';
  return { start, end, quote: { exact, prefix, suffix: root ? sliceOf(root, end, end + CONTEXT) : '' } };
}

/** Answer a note. */
export function createReply(to: string, { body, visibility, tags }: DraftFields): Promise<Annotation> {
  const reply: NewReply = { body, visibility, tags };
  return mutate(`annotations/${to}/replies`, { method: 'POST', body: reply });
}

/** Change an own note. Throws 412 where it changed meanwhile. */
export function updateAnnotation(note: Annotation, change: AnnotationChange): Promise<Annotation> {
  return mutate(`annotations/${note.id}`, { method: 'PATCH', ifMatch: note.version, body: change });
}

/** Delete a note; its tombstone comes back. */
export function deleteAnnotation(note: Annotation): Promise<Annotation> {
  return mutate(`annotations/${note.id}`, { method: 'DELETE', ifMatch: note.version });
}

/** The note as it stands now. */
export function fetchAnnotation(id: string): Promise<Annotation> {
  return api(`annotations/${id}`);
}

/** Decide about a note: hide, restore, lock and so on; also undoes an own deletion. */
export function moderate(note: Annotation, action: Ability, reason: string): Promise<Annotation> {
  const body = { action, reason, version: note.version };
  return mutate(`annotations/${note.id}/moderation`, { method: 'POST', body });
}

/** What a person decides about a passage that was found again in doubt, or not at all, or about a region (`drawn`). */
export type AnchorDecision =
  | { action: 'confirm' | 'leave' | 'undo'; passage: number }
  | { action: 'move'; passage: number; start: number; end: number; revision: number }
  | { action: 'move'; drawn: number; region: Region; image: string }
  | { action: 'leave' | 'undo'; drawn: number };

/** Decide where a note belongs. Throws 409 where it changed meanwhile. */
export function resolveAnchor(note: Annotation, settlement: AnchorDecision): Promise<Annotation> {
  const body = { ...settlement, version: note.version };
  return mutate(`annotations/${note.id}/anchor`, { method: 'POST', body });
}

/** Call for a moderator. */
export async function flagAnnotation(id: string, reason: string, note: string): Promise<void> {
  await mutate(`annotations/${id}/flags`, { method: 'POST', body: { reason, note } });
}

/** The texts that a note has had, the present one last. */
export async function fetchVersions(id: string): Promise<Version[]> {
  const { items } = await api<{ items: Version[] }>(`annotations/${id}/history`);
  return items.sort((a, b) => a.version - b.version);
}

/** Markdown as it will look. */
export async function renderPreview(body: string, signal: AbortSignal): Promise<string> {
  return (await api<{ html: string }>('preview', { method: 'POST', body: { body }, signal })).html;
}
