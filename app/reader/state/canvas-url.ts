import type { CanvasView } from '@/lib/canvas/schema';

/** The page of the section that an image belongs to, with the image open and the group kept. */
export function canvasUrl(edition: string, { section, id }: CanvasView): string {
  const query = new URLSearchParams({ canvas: id });
  const group = new URLSearchParams(window.location.search).get('group');
  if (group) query.set('group', group);
  return `/editions/${edition}/${section}?${query}`;
}
