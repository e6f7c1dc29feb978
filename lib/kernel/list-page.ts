/** A page of a list. `next` is the cursor of the page after it, the id of the last item; null on the last page. */
export type ListPage<T> = { items: T[]; next: string | null };

/** The first `limit` of `rows`, of which one more than `limit` was selected to see whether there is a next page. */
export function toListPage<T extends { id: string }>(rows: T[], limit: number): ListPage<T> {
  const items = rows.slice(0, limit);
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}
