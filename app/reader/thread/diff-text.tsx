import { Difference } from '@/app/_ui/difference';
import { diffInline } from '@/lib/anchoring/inline-diff';

/** What one text has in place of another. */
export function DiffText({ before, after }: { before: string; after: string }) {
  return <Difference parts={diffInline(before, after)} />;
}
