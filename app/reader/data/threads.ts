/** Threads made of a flat list of annotations: grouping, and the tree of replies. Pure. */
import type { Annotation } from '@/lib/annotation/schema';
import { type AnnotationSummary, isTombstone } from './annotation-summary';

export interface ReplyTree {
  annotation: Annotation;
  replies: ReplyTree[];
}

export type ReplyOrder = 'oldest' | 'newest';

/** The annotations whose text is loaded, by id. */
export type AnnotationsById = ReadonlyMap<string, Annotation>;

/** The summaries by root; the root comes first in each list. */
export function groupThreads(summaries: Iterable<AnnotationSummary>): Map<string, AnnotationSummary[]> {
  const threads = new Map<string, AnnotationSummary[]>();
  for (const summary of summaries) {
    const thread = threads.get(summary.root);
    if (!thread) threads.set(summary.root, [summary]);
    else if (summary.id === summary.root) thread.unshift(summary);
    else thread.push(summary);
  }
  return threads;
}

/** A thread as a tree; null without its root. A reply whose parent is missing hangs on the root. */
export function buildReplyTree(
  thread: readonly Annotation[],
  order: ReplyOrder = 'oldest',
): ReplyTree | null {
  const trees = new Map(
    thread.map((annotation): [string, ReplyTree] => [annotation.id, { annotation, replies: [] }]),
  );
  const root = thread.find(({ parent }) => parent === null);
  if (!root) return null;
  const top = trees.get(root.id)!;
  for (const annotation of [...thread].sort(byAge)) {
    if (annotation.id === root.id) continue;
    const parent = trees.get(annotation.parent ?? '') ?? top;
    parent.replies.push(trees.get(annotation.id)!);
  }
  if (order === 'newest') for (const tree of trees.values()) tree.replies.reverse();
  return prune(top, true);
}

/** Leaves out tombstones without replies; the root stays. */
function prune(tree: ReplyTree, isRoot = false): ReplyTree | null {
  const { annotation } = tree;
  const replies = tree.replies.map((reply) => prune(reply)).filter((reply) => reply !== null);
  // Its author, who may undo the deletion, still sees where it was.
  if (!isRoot && replies.length === 0 && isTombstone(annotation) && annotation.can.length === 0) return null;
  return { annotation, replies };
}

function byAge(a: Annotation, b: Annotation): number {
  return a.created < b.created ? -1 : a.created > b.created ? 1 : a.id < b.id ? -1 : 1;
}

/** Number of the replies that still have a text. */
export function countReplies(thread: readonly AnnotationSummary[]): number {
  let count = 0;
  for (const { id, root, isTombstone } of thread) if (id !== root && !isTombstone) count++;
  return count;
}

/** Whether any annotation of a thread has a text to show. */
export function hasContent(thread: readonly AnnotationSummary[]): boolean {
  return thread.some(({ isTombstone }) => !isTombstone);
}
