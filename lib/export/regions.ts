import type { Row } from '@/lib/annotation';
import { fragmentOf, imagesKept, pictureOf } from '@/lib/canvas';
import type { translator } from '@/lib/i18n';
import { escapeHtml } from './html/escape';
import type { Entry } from './selection';
import type { Member } from './zip';

type Words = ReturnType<typeof translator<'export'>>;

/** Pixels across of a picture of a region, at most. */
const WIDTH = 480;

/** Where on a page image something stands, in words. */
export function onImage(t: Words, region: Row['regions'][number]): string {
  const place = fragmentOf(region);
  return t('region', { page: region.label ?? region.canvas, place });
}

/** A picture of a region in HTML, with what has to be said of it; empty of an image that is not kept here. */
export async function figureOf(t: Words, region: Row['regions'][number]): Promise<string> {
  const picture = await pictureOf(region.image, region, WIDTH);
  if (!picture) return '';
  const about = [onImage(t, region), ...(picture.facsimile ? [] : [t('region.notFacsimile')])];
  if (region.anchor === 'orphaned') about.push(t('region.replaced'));
  const caption = escapeHtml(about.join(' · '));
  const data = `data:image/jpeg;base64,${picture.bytes.toString('base64')}`;
  return `<figure><img src="${data}" alt="${caption}"><figcaption>${caption}</figcaption></figure>\n`;
}

/** The pictures of all regions of an export as files of an archive, named by their notes. */
export async function picturesOf(entries: Entry[], what: string): Promise<Member[]> {
  const drawn = entries.filter(({ regions }) => regions.length > 0);
  const kept = await imagesKept([
    ...new Set(drawn.flatMap(({ regions }) => regions.map(({ image }) => image))),
  ]);
  return drawn.flatMap(({ id, regions }) =>
    regions.flatMap((region, i) => {
      if (!kept.has(region.image)) return [];
      const name = `regions/${id}${i === 0 ? '' : `-${i + 1}`}.jpg`;
      return { name, type: 'image/jpeg', what, bytes: () => picture(region) };
    }),
  );
}

async function* picture(region: Entry['regions'][number]): AsyncGenerator<Uint8Array> {
  const made = await pictureOf(region.image, region, WIDTH);
  if (made) yield made.bytes;
}
