import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Image } from '@/lib/canvas';
import { FetchRefused, safeFetchJson } from './safe-fetch';

/** Largest info.json in bytes. */
const INFO_MAX_BYTES = 200_000;

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

/** The properties of an info.json that a viewer needs (IIIF Image API 3 §5, and 2.1 §5); others are dropped. */
const infoSchema = z.union([
  z.object({
    '@context': z.union([z.string(), z.array(z.string())]),
    id: z.url(),
    type: z.literal('ImageService3'),
    profile: z.enum(['level0', 'level1', 'level2']),
    ...common,
    preferredFormats: z.array(z.string()).optional(),
    extraFormats: z.array(z.string()).optional(),
  }),
  z.object({
    '@context': z.union([z.string(), z.array(z.string())]),
    '@id': z.url(),
    profile: z
      .union([z.string(), z.array(z.union([z.string(), z.record(z.string(), z.unknown())])).min(1)])
      .transform((profile) => [profile].flat().filter((level) => typeof level === 'string')),
    ...common,
  }),
]);

/**
 * Fetches the info.json of an IIIF image service, version 2 or 3, and returns its image. Throws FetchRefused, also where
 * the address has no such service.
 */
export async function fetchImageService(address: string): Promise<Image> {
  const base = address.replace(/\/info\.json$/, '').replace(/\/+$/, '');
  const { data } = infoSchema.safeParse(await safeFetchJson(`${base}/info.json`, INFO_MAX_BYTES));
  if (!data)
    throw new FetchRefused('What stands at {address} is no IIIF image service of version 2 or 3.', {
      address: base,
    });
  const { width, height } = data;
  const id = createHash('sha256').update(`${base} ${width} ${height}`).digest('hex');
  // The id is replaced by the address, because the service's own id may be on a host that is not allowed.
  const service = 'id' in data ? { ...data, id: base } : { ...data, '@id': base };
  return { id, width, height, facsimile: true, service };
}
