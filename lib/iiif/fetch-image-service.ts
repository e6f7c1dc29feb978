import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Image } from '@/lib/canvas';
import { FetchRefused, safeFetchJson } from './safe-fetch';

/** Bytes of an info.json. */
const INFO_LARGEST = 200_000;

const length = z.number().int().min(1).max(1_000_000);
const size = z.object({ width: length, height: length });
const tile = z.object({
  width: length,
  height: length.optional(),
  scaleFactors: z.array(z.number().int().min(1)).min(1).max(40),
});
const common = {
  protocol: z.literal('http://iiif.io/api/image'),
  width: length,
  height: length,
  maxWidth: length.optional(),
  maxHeight: length.optional(),
  maxArea: z.number().int().min(1).optional(),
  sizes: z.array(size).max(100).optional(),
  tiles: z.array(tile).max(20).optional(),
};

/** IIIF Image API 3 §5, and 2.1 §5: what a viewer needs of an info.json; the rest is not kept. */
const infoSchema = z.union([
  z.object({
    '@context': z.union([z.string(), z.array(z.string())]),
    ...{
      id: z.url(),
      type: z.literal('ImageService3'),
      profile: z.enum(['level0', 'level1', 'level2']),
      ...common,
    },
    preferredFormats: z.array(z.string()).optional(),
    extraFormats: z.array(z.string()).optional(),
  }),
  z.object({
    '@context': z.union([z.string(), z.array(z.string())]),
    '@id': z.url(),
    profile: z
      .union([z.string(), z.array(z.union([z.string(), z.record(z.string(), z.unknown())])).min(1)])
      .transform((profile) => [profile].flat().filter((one) => typeof one === 'string')),
    ...common,
  }),
]);

/**
 * The image of an IIIF image service, version 2 or 3, by the service's address: fetched (`safeFetch`), and checked to
 * be one. Throws Unfetched.
 */
export async function fetchImageService(address: string): Promise<Image> {
  const base = address.replace(/\/info\.json$/, '').replace(/\/+$/, '');
  const { data } = infoSchema.safeParse(await safeFetchJson(`${base}/info.json`, INFO_LARGEST));
  if (!data)
    throw new FetchRefused('What stands at {address} is no IIIF image service of version 2 or 3.', {
      address: base,
    });
  const { width, height } = data;
  const id = createHash('sha256').update(`${base} ${width} ${height}`).digest('hex');
  // It is asked where it was found: what it calls itself may be on a host that nobody allowed.
  const service = 'id' in data ? { ...data, id: base } : { ...data, '@id': base };
  return { id, width, height, facsimile: true, service };
}
