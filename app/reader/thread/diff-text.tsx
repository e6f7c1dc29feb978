import { diffInline } from '@/lib/anchoring/inline-diff';

/** Two texts as one: what was added is underlined, what was removed struck out. */
export function DiffText({ before, after }: { before: string; after: string }) {
  return diffInline(before, after).map(({ kind, text }, i) => {
    const Tag = kind === 'added' ? 'ins' : kind === 'removed' ? 'del' : 'span';
    // biome-ignore lint/suspicious/noArrayIndexKey: the segments of a difference never move
    return <Tag key={i}>{text}</Tag>;
  });
}
