import { listRows, type Row } from '@/lib/annotation';
import type { Filter } from '@/lib/annotation/schema';
import type { Viewer } from '@/lib/identity/schema';

const BATCH = 500;

/**
 * All that a list would give `viewer`, in order of creation, read a batch at a time. The same filters, the same
 * visibility condition: an export never has more than the pages show.
 */
export async function* select(viewer: Viewer, group: string, filter: Filter): AsyncGenerator<Row> {
  let cursor: string | undefined;
  do {
    const { items, next } = await listRows(viewer, group, filter, { limit: BATCH, cursor });
    yield* items;
    cursor = next ?? undefined;
  } while (cursor);
}
