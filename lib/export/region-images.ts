import { storedImagesAmong } from '@/lib/canvas';
import type { Lookup } from './lookup';
import type { IndexEntry } from './snapshot';
import type { ArchiveEntry } from './zip';

/** The pictures of all regions of an export as files of an archive, named by their notes. */
export async function regionImages(
  entries: IndexEntry[],
  library: Lookup,
  what: string,
): Promise<ArchiveEntry[]> {
  const drawn = entries.filter(({ regions }) => regions.length > 0);
  const kept = await storedImagesAmong([
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

async function* picture(library: Lookup, region: IndexEntry['regions'][number]): AsyncGenerator<Uint8Array> {
  const made = await library.picture(region);
  if (made) yield made.bytes;
}
