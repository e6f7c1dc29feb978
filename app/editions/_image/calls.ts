/** What the image pane asks of the API. */
import { api } from '@/app/_ui/api-client';
import type { CanvasView } from '@/lib/canvas/schema';

/** The page images of an edition, in order. */
export async function loadCanvases(edition: string, signal: AbortSignal): Promise<CanvasView[]> {
  const path = `editions/${encodeURIComponent(edition)}/canvases`;
  return (await api<{ items: CanvasView[] }>(path, { signal })).items;
}
