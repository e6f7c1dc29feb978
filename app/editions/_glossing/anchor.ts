/** What a note says of its place: on which text it was written, and in which its offsets count. Pure. */
import type { Annotation } from '@/lib/annotation/schema';

/** The passage that a note was written on. */
export interface Written {
  revision: number;
  start: number;
  end: number;
}

type Told = Annotation & { written?: Written | null; anchorRevision?: number | null };

/** The revision that a note's offsets count in; null where nothing is said of it. */
export function anchorRevision(note: Annotation): number | null {
  return (note as Told).anchorRevision ?? null;
}

/** Where a note was written, if that is another revision than the one that is shown. */
export function writtenElsewhere(note: Annotation, shown: number): Written | null {
  const { written } = note as Told;
  return written && written.revision !== shown ? written : null;
}
