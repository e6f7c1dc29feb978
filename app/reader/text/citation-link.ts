/** Citations of passages in addresses: `?c=doc1.p4@12-40`, with offsets in code points of the block. Pure. */
import { referenceRange } from '@/lib/edition/reference-range';
import type { TextSpan } from './text-position';

interface NamedBlock extends TextSpan {
  id: string;
}

/** The citation of a passage; of one over several blocks `doc1.p4@12-doc1.p5@7`. Null outside the blocks. */
export function citationOf(blocks: readonly NamedBlock[], { start, end }: TextSpan): string | null {
  const first = blocks.find((block) => start >= block.start && start < block.end);
  const last = blocks.find((block) => end > block.start && end <= block.end);
  if (!first || !last) return null;
  const tail = first === last ? '' : `${last.id}@`;
  return `${first.id}@${start - first.start}-${tail}${end - last.start}`;
}

/** What a passage is cited by in print; null where the text has no references. */
export function referenceOf(
  blocks: readonly (TextSpan & { reference: string | null })[],
  { start, end }: TextSpan,
): string | null {
  const first = blocks.find((block) => start < block.end);
  const last = blocks.find((block) => end <= block.end);
  return referenceRange(first?.reference ?? null, last?.reference ?? null);
}

/** The passage that a citation names; null where these blocks do not have it. */
export function findCitedSpan(blocks: readonly NamedBlock[], citation: string): TextSpan | null {
  const match = /^([\w.-]+)@(\d{1,9})-(?:([\w.-]+)@)?(\d{1,9})$/.exec(citation);
  const first = blocks.find((block) => block.id === match?.[1]);
  const last = match?.[3] ? blocks.find((block) => block.id === match[3]) : first;
  if (!match || !first || !last) return null;
  const start = first.start + Number(match[2]);
  const end = last.start + Number(match[4]);
  return start < end && start < first.end && end <= last.end ? { start, end } : null;
}
