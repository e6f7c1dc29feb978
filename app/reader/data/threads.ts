/** Threads out of a flat list of annotations: the tree, what counts, what a filter keeps. Pure. */
import type { Annotation } from '@/lib/annotation/schema';
import type { AnnotationSummary } from './annotation-summary';

export interface ReplyTree {
  note: Annotation;
  replies: ReplyTree[];
}

export type ReplyOrder = 'oldest' | 'newest';

export const FILTER_SCOPES = ['all', 'mine', 'questions', 'unanswered'] as const;
export type FilterScope = (typeof FILTER_SCOPES)[number];

/** What notes say, as far as it was read, by their ids. */
export type AnnotationsById = ReadonlyMap<string, Annotation>;

export interface ThreadFilter {
  scope: FilterScope;
  words: string;
}

/** Whether a note is only the trace of one: its text is withheld. */
export function isTombstone(note: Annotation): boolean {
  return note.state === 'deleted' || note.body === '';
}

/** The notes by the root that they belong to; a root is the first of its list. */
export function groupThreads(notes: Iterable<AnnotationSummary>): Map<string, AnnotationSummary[]> {
  const threads = new Map<string, AnnotationSummary[]>();
  for (const note of notes) {
    const thread = threads.get(note.root);
    if (!thread) threads.set(note.root, [note]);
    else if (note.id === note.root) thread.unshift(note);
    else thread.push(note);
  }
  return threads;
}

/** A thread as a tree; null without its root. A reply whose parent is not there answers the root. */
export function buildReplyTree(
  thread: readonly Annotation[],
  order: ReplyOrder = 'oldest',
): ReplyTree | null {
  const branches = new Map(thread.map((note) => [note.id, { note, replies: [] } as ReplyTree]));
  const root = thread.find((note) => note.parent === null);
  if (!root) return null;
  const top = branches.get(root.id)!;
  for (const note of [...thread].sort(byAge)) {
    if (note.id === root.id) continue;
    const parent = branches.get(note.parent ?? '') ?? top;
    parent.replies.push(branches.get(note.id)!);
  }
  if (order === 'newest') for (const branch of branches.values()) branch.replies.reverse();
  return prune(top, true);
}

/** Leave out tombstones that nothing hangs on; the root stays. */
function prune(branch: ReplyTree, isRoot = false): ReplyTree | null {
  const replies = branch.replies.map((reply) => prune(reply)).filter((reply) => reply !== null);
  // A person who may undo a deletion still sees where it was.
  if (!isRoot && replies.length === 0 && isTombstone(branch.note) && branch.note.can.length === 0)
    return null;
  return { note: branch.note, replies };
}

function byAge(a: Annotation, b: Annotation): number {
  return a.created < b.created ? -1 : a.created > b.created ? 1 : a.id < b.id ? -1 : 1;
}

/** Replies of a thread that still say something. */
export function countReplies(thread: readonly AnnotationSummary[]): number {
  let count = 0;
  for (const { id, root, gone } of thread) if (id !== root && !gone) count++;
  return count;
}

/** Whether a thread has anything to show: a note that speaks. */
export function hasContent(thread: readonly AnnotationSummary[]): boolean {
  return thread.some(({ gone }) => !gone);
}

/** Whether the filter keeps a thread; where it asks for words, of what was read of it. */
export function matchesFilter(
  thread: readonly AnnotationSummary[],
  { scope, words }: ThreadFilter,
  texts: AnnotationsById,
): boolean {
  const root = thread[0];
  if (!root || !keepsScope(thread, root, scope)) return false;
  const needle = fold(words.trim());
  if (needle === '') return true;
  return thread.some(({ id }) => {
    const note = texts.get(id);
    return (
      note !== undefined &&
      fold([note.body, note.author.name, note.exact ?? '', ...note.tags].join('\n')).includes(needle)
    );
  });
}

function keepsScope(
  thread: readonly AnnotationSummary[],
  root: AnnotationSummary,
  scope: FilterScope,
): boolean {
  if (scope === 'mine') return thread.some((note) => note.mine);
  if (scope === 'questions') return root.question;
  if (scope === 'unanswered') return !root.resolved && countReplies(thread) === 0;
  return true;
}

/** Letters as a reader looks for them: without case and accents, but й stays й. */
function fold(text: string): string {
  return text
    .toLocaleLowerCase()
    .normalize('NFD')
    .replace(/(?<!и)\p{M}/gu, '')
    .normalize('NFC');
}
