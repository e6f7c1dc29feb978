import { api } from '@/app/_ui/api-client';
import type { Annotation } from '@/lib/annotation/schema';
import type { CanvasView } from '@/lib/canvas/schema';

/** The page images of an edition, in order. */
export async function loadCanvases(edition: string, signal: AbortSignal): Promise<CanvasView[]> {
  const { items } = await api('GET /editions/:edition/canvases', { param: { edition }, signal });
  return items;
}

/** The glosses of a group on a page image, without replies; the first 500 of more. */
export async function loadCanvasAnnotations(
  group: string,
  { edition, id }: CanvasView,
  signal: AbortSignal,
): Promise<Annotation[]> {
  const query = { edition, canvas: id, limit: 500 };
  const { items } = await api('GET /groups/:group/annotations', { param: { group }, query, signal });
  return items;
}
