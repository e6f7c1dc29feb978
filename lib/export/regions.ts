import { fragmentOf } from '@/lib/canvas/region';
import type { Words } from './discussion';
import { escapeHtml } from './html/escape';
import type { Library } from './looking-up';
import type { Note } from './rows';

/** Where on a page image something stands, in words. */
export function onImage(t: Words, region: Note['regions'][number]): string {
  const place = fragmentOf(region);
  return t('region', { page: region.label ?? region.canvas, place });
}

/** A picture of a region in HTML, with what has to be said of it; empty of an image that is not kept here. */
export async function figureOf(t: Words, library: Library, region: Note['regions'][number]): Promise<string> {
  const picture = await library.picture(region);
  if (!picture) return '';
  const about = [onImage(t, region), ...(picture.facsimile ? [] : [t('region.notFacsimile')])];
  if (region.anchor === 'orphaned') about.push(t('region.replaced'));
  const caption = escapeHtml(about.join(' · '));
  const data = `data:image/jpeg;base64,${Buffer.from(picture.bytes).toString('base64')}`;
  return `<figure><img src="${data}" alt="${caption}"><figcaption>${caption}</figcaption></figure>\n`;
}
