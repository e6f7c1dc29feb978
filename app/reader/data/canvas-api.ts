/** What the image pane asks of the API. */
import { api } from '@/app/_ui/api-client';
import type { Annotation } from '@/lib/annotation/schema';
import type { CanvasView } from '@/lib/canvas/schema';

/** The page images of an edition, in order. */
export async function loadCanvases(edition: string, signal: AbortSignal): Promise<CanvasView[]> {
  const { items } = await api<{ items: CanvasView[] }>(`editions/${edition}/canvases`, { signal });
  return items;
}

/** What a group's members wrote on a page image, without the replies; of very many, the first. */
export async function loadCanvasAnnotations(
  group: string,
  { edition, id }: CanvasView,
  signal: AbortSignal,
): Promise<Annotation[]> {
  const query = new URLSearchParams({ edition, canvas: id, limit: '500' });
  const { items } = await api<{ items: Annotation[] }>(`groups/${group}/annotations?${query}`, { signal });
  return items;
}
