import { listWithPassages, type PassageAnnotation } from '@/lib/annotation';
import type { Viewer } from '@/lib/identity/schema';
import type { NoticeRow } from './store';

/** A notice with what it is about, as its person may see it now; null for a date. */
export type NoticeDetails = NoticeRow & { about: PassageAnnotation | null };

/** Adds to notices what they are about; one of what can no longer be seen is left out. */
export async function describeRows(viewer: Viewer, rows: NoticeRow[]): Promise<NoticeDetails[]> {
  const ids = rows.flatMap(({ annotationId }) => annotationId ?? []);
  const found = await listWithPassages(viewer, [...new Set(ids)]);
  return rows.flatMap((row) => {
    const about = row.annotationId === null ? null : found.get(row.annotationId);
    return about === undefined ? [] : [{ ...row, about }];
  });
}
