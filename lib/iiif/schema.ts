import { z } from '@hono/zod-openapi';
import { canvasChangeSchema } from '@/lib/canvas/schema';

const address = z.url({ protocol: /^https?$/ }).max(2_000);

/** A manifest: its address, or its JSON. */
export const manifestSourceSchema = z
  .union([z.strictObject({ url: address }), z.strictObject({ manifest: z.record(z.string(), z.unknown()) })])
  .openapi('ManifestSource');

/** A manifest to make an image-only edition of; `slug` is the edition's name. */
export const newImagesEditionSchema = z
  .union([
    z.strictObject({ slug: z.string(), url: address }),
    z.strictObject({ slug: z.string(), manifest: z.record(z.string(), z.unknown()) }),
  ])
  .refine(({ slug }) => /^[a-z][a-z0-9-]{1,63}$/.test(slug), {
    path: ['slug'],
    message: 'Lower-case letters, digits and hyphens, please.',
  })
  .openapi('NewImagesEdition');

/** The image of an IIIF image service (version 2 or 3), and its canvas. */
export const newServiceSchema = canvasChangeSchema
  .extend({ service: address, id: z.string().max(64).optional() })
  .openapi('NewImageService');

export type ManifestSource = z.infer<typeof manifestSourceSchema>;
export type NewImageService = z.infer<typeof newServiceSchema>;
