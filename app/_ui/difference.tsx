import type { diffInline } from '@/lib/anchoring/inline-diff';

/** Two texts as one: what was added is underlined, what was removed struck out. */
export function Difference({ parts }: { parts: ReturnType<typeof diffInline> }) {
  return parts.map(({ kind, text }, i) => {
    const Tag = kind === 'added' ? 'ins' : kind === 'removed' ? 'del' : 'span';
    // biome-ignore lint/suspicious/noArrayIndexKey: the segments of a difference never move
    return <Tag key={i}>{text}</Tag>;
  });
}
