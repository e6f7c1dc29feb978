import { z } from 'zod';
import { sliceCodePoints } from '@/lib/kernel/code-points';
import { findQuote } from './passage';
import { type ReanchorResult, reanchor } from './reanchor';
import { diffTexts } from './text-diff';

/** One line of a dry run: a passage of `before`, to be found in `after`. Offsets count code points of `before`. */
export const anchorCaseSchema = z.object({
  id: z.union([z.string(), z.number()]),
  before: z.string(),
  after: z.string(),
  exact: z.string(),
  prefix: z.string().default(''),
  suffix: z.string().default(''),
  start: z.number().int().min(0).nullish(),
  end: z.number().int().min(0).nullish(),
});
export type AnchorCase = z.infer<typeof anchorCaseSchema>;

/**
 * Re-anchors passages of any pair of texts as a publication does, without storing anything. Neighbours with the same
 * texts share one difference. A passage that is not in `before` is orphaned.
 */
export function* reanchorCases(
  cases: Iterable<AnchorCase>,
): Generator<{ id: string | number } & ReanchorResult> {
  let texts: [string, string] = ['', ''];
  let difference = diffTexts(...texts);
  for (const { id, before, after, exact, prefix, suffix, start, end } of cases) {
    if (before !== texts[0] || after !== texts[1]) {
      texts = [before, after];
      difference = diffTexts(before, after);
    }
    const isExact = start != null && end != null && sliceCodePoints(before, start, end) === exact;
    const found = isExact
      ? { state: 'exact' as const, start, end }
      : findQuote(before, { exact, prefix, suffix, ...(start != null && { start }) });
    if (found.state === 'orphaned') yield { id, state: 'orphaned' };
    else yield { id, ...reanchor(difference, found.start, found.end) };
  }
}
