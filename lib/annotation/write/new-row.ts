import type { Viewer } from '@/lib/identity/schema';
import { insertedTargets, type Targets } from '@/lib/target';
import type { AnnotationRow } from '../store';
import type { NewAnnotation } from './store';

/** What the author sees of a new annotation beside its own columns: the group's slug, and whether the thread is locked. */
type Surroundings = Pick<AnnotationRow, 'groupSlug' | 'locked'>;

/** The row of an annotation that `author` has just inserted, as it would be read back. */
export function newRow(
  author: Viewer,
  { origins: _, ...annotation }: NewAnnotation,
  targets: Targets,
  written: Surroundings & Pick<AnnotationRow, 'createdAt' | 'late'>,
): AnnotationRow {
  return {
    ...annotation,
    ...written,
    ...insertedTargets(targets),
    authorName: author.name,
    deletedFrom: null,
    shown: true,
    reason: null,
    version: 1,
    modifiedAt: written.createdAt,
    editedAt: null,
    returned: false,
    appealable: false,
    appeal: 'none',
    passagesShown: true,
    pinned: false,
    endorsed: false,
    resolved: false,
    replies: 0,
    agreements: 0,
    agreed: false,
  };
}
