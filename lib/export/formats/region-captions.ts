import { fragmentOf } from '@/lib/canvas/region';
import { escapeHtml } from '@/lib/kernel/escape-html';
import type { Lookup } from '../lookup';
import type { ExportTranslate } from '../render-context';
import type { ExportedAnnotation } from '../spool-reader';

/** Where on a page image something stands, in words. */
export function regionCaption(t: ExportTranslate, region: ExportedAnnotation['regions'][number]): string {
  const place = fragmentOf(region);
  return t('region', { page: region.label ?? region.canvas, place });
}

/** A picture of a region in HTML, with what has to be said of it; empty of an image that is not kept here. */
export async function regionFigure(
  t: ExportTranslate,
  library: Lookup,
  region: ExportedAnnotation['regions'][number],
): Promise<string> {
  const picture = await library.picture(region);
  if (!picture) return '';
  const about = [regionCaption(t, region), ...(picture.facsimile ? [] : [t('region.notFacsimile')])];
  if (region.anchor === 'orphaned') about.push(t('region.replaced'));
  const caption = escapeHtml(about.join(' · '));
  const data = `data:image/jpeg;base64,${Buffer.from(picture.bytes).toString('base64')}`;
  return `<figure><img src="${data}" alt="${caption}"><figcaption>${caption}</figcaption></figure>\n`;
}
