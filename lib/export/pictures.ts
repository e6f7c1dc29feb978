import { imagesKept } from '@/lib/canvas';
import type { Library } from './looking-up';
import type { Entry } from './selection';
import type { Member } from './zip';

/** The pictures of all regions of an export as files of an archive, named by their notes. */
export async function picturesOf(entries: Entry[], library: Library, what: string): Promise<Member[]> {
  const drawn = entries.filter(({ regions }) => regions.length > 0);
  const kept = await imagesKept([
    ...new Set(drawn.flatMap(({ regions }) => regions.map(({ image }) => image))),
  ]);
  return drawn.flatMap(({ id, regions }) =>
    regions.flatMap((region, i) => {
      if (!kept.has(region.image)) return [];
      const name = `regions/${id}${i === 0 ? '' : `-${i + 1}`}.jpg`;
      return { name, type: 'image/jpeg', what, bytes: () => picture(library, region) };
    }),
  );
}

async function* picture(library: Library, region: Entry['regions'][number]): AsyncGenerator<Uint8Array> {
  const made = await library.picture(region);
  if (made) yield made.bytes;
}
