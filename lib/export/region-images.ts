import { storedImagesAmong } from '@/lib/canvas';
import type { Lookup } from './lookup';
import type { IndexEntry } from './snapshot';
import type { ArchiveEntry } from './zip';

/** The images of all regions of an export as files of an archive, named by their annotations. */
export async function regionImages(
  entries: IndexEntry[],
  lookup: Lookup,
  description: string,
): Promise<ArchiveEntry[]> {
  const withRegions = entries.filter(({ regions }) => regions.length > 0);
  const stored = await storedImagesAmong([
    ...new Set(withRegions.flatMap(({ regions }) => regions.map(({ image }) => image))),
  ]);
  return withRegions.flatMap(({ id, regions }) =>
    regions.flatMap((region, i) => {
      if (!stored.has(region.image)) return [];
      const name = `regions/${id}${i === 0 ? '' : `-${i + 1}`}.jpg`;
      return { name, type: 'image/jpeg', description, bytes: () => imageBytes(lookup, region) };
    }),
  );
}

async function* imageBytes(
  lookup: Lookup,
  region: IndexEntry['regions'][number],
): AsyncGenerator<Uint8Array> {
  const image = await lookup.regionImage(region);
  if (image) yield image.bytes;
}
