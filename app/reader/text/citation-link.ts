/** Links to words: `?c=doc1.p4@12-40`, offsets counted in the block (docs: citing a passage). Pure. */
import type { TextSpan } from './text-position';

interface NamedBlock extends TextSpan {
  id: string;
}

/** The citation of a passage; over several blocks `doc1.p4@12-doc1.p5@7`. */
export function citationOf(blocks: readonly NamedBlock[], { start, end }: TextSpan): string | null {
  const first = blocks.find((block) => start >= block.start && start < block.end);
  const last = blocks.find((block) => end > block.start && end <= block.end);
  if (!first || !last) return null;
  const tail = first === last ? '' : `${last.id}@`;
  return `${first.id}@${start - first.start}-${tail}${end - last.start}`;
}

/** The passage that a citation names, among these blocks. */
export function findCitedSpan(blocks: readonly NamedBlock[], citation: string): TextSpan | null {
  const match = /^([\w.-]+)@(\d{1,9})-(?:([\w.-]+)@)?(\d{1,9})$/.exec(citation);
  const first = blocks.find((block) => block.id === match?.[1]);
  const last = match?.[3] ? blocks.find((block) => block.id === match[3]) : first;
  if (!match || !first || !last) return null;
  const start = first.start + Number(match[2]);
  const end = last.start + Number(match[4]);
  return start < end && start < first.end && end <= last.end ? { start, end } : null;
}
