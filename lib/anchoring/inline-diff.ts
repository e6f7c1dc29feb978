import { cleanupSemantic, DIFF_EQUAL, DIFF_INSERT, makeDiff } from '@sanity/diff-match-patch';

/** A segment of two texts that are shown as one: in both, only in the new one, or only in the old one. */
export type DiffSegment = { kind: 'same' | 'added' | 'removed'; text: string };

/** The difference of two texts in segments that a person can read. */
export function diffInline(before: string, after: string): DiffSegment[] {
  return cleanupSemantic(makeDiff(before, after)).map(([type, text]) => ({
    kind: type === DIFF_EQUAL ? 'same' : type === DIFF_INSERT ? 'added' : 'removed',
    text,
  }));
}
