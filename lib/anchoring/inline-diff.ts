import { cleanupSemantic, DIFF_EQUAL, DIFF_INSERT, makeDiff } from '@sanity/diff-match-patch';

/** A piece of two texts that are shown as one: in both, only in the new one, or only in the old one. */
export type DiffSegment = { kind: 'same' | 'added' | 'removed'; text: string };

/** What changed from `before` to `after`, at the grain that a person reads. */
export function diffInline(before: string, after: string): DiffSegment[] {
  return cleanupSemantic(makeDiff(before, after)).map(([type, text]) => ({
    kind: type === DIFF_EQUAL ? 'same' : type === DIFF_INSERT ? 'added' : 'removed',
    text,
  }));
}
