import { fragmentOf } from '@/lib/canvas/region';
import { escapeHtml } from '@/lib/kernel/escape-html';
import type { Lookup } from '../lookup';
import type { ExportTranslate } from '../render-context';
import type { ExportedAnnotation } from '../spool-reader';

/** The caption of a region: the page and the fragment. */
export function regionCaption(t: ExportTranslate, region: ExportedAnnotation['regions'][number]): string {
  return t('region', { page: region.label ?? region.canvas, place: fragmentOf(region) });
}

/** The image of a region in HTML, with its caption; '' where the image is on another server. */
export async function regionFigure(
  t: ExportTranslate,
  lookup: Lookup,
  region: ExportedAnnotation['regions'][number],
): Promise<string> {
  const image = await lookup.regionImage(region);
  if (!image) return '';
  const parts = [regionCaption(t, region), ...(image.facsimile ? [] : [t('region.notFacsimile')])];
  if (region.anchor === 'orphaned') parts.push(t('region.replaced'));
  const caption = escapeHtml(parts.join(' · '));
  const data = `data:image/jpeg;base64,${Buffer.from(image.bytes).toString('base64')}`;
  return `<figure><img src="${data}" alt="${caption}"><figcaption>${caption}</figcaption></figure>\n`;
}
