import { cleanupSemantic, DIFF_EQUAL, DIFF_INSERT, makeDiff } from '@sanity/diff-match-patch';

export interface WordChange {
  kind: 'same' | 'added' | 'removed';
  text: string;
}

/** What changed from `before` to `after`, at the grain that a person reads. Loaded only with the history of a note. */
export function diffWords(before: string, after: string): WordChange[] {
  return cleanupSemantic(makeDiff(before, after)).map(([type, text]) => ({
    kind: type === DIFF_EQUAL ? 'same' : type === DIFF_INSERT ? 'added' : 'removed',
    text,
  }));
}
