import { diffTexts, type TextDiff } from '@/lib/anchoring';

/** Compares two long texts in a thread of its own (`diff-in-worker.ts`). */
export default function diff({ before, after }: { before: string; after: string }): TextDiff {
  return diffTexts(before, after);
}
