import { z } from '@hono/zod-openapi';
import { LABEL_LIMIT, PAGE_LIMIT } from './constants';

/** Longest SVG of a region, in UTF-16 units. */
export const SVG_LIMIT = 20_000;

const length = z.number().finite().min(0).max(1_000_000);

/** A part of a canvas in its units: a bounding box, and an SVG of shapes where it is no rectangle. */
export const regionSchema = z
  .object({ x: length, y: length, w: length, h: length, svg: z.string().nullable() })
  .openapi('Region');

const rectangle = z.strictObject({ x: length, y: length, w: length.gt(0), h: length.gt(0) });

/** Forms in which a region may be sent; `parseRegion` reads them all. */
export const newRegionSchema = z
  .union([
    rectangle.extend({ svg: z.string().max(SVG_LIMIT).nullish() }),
    z.strictObject({ x: length, y: length, width: length.gt(0), height: length.gt(0) }),
    z.strictObject({ svg: z.string().max(SVG_LIMIT) }),
    z.strictObject({
      type: z.enum(['FragmentSelector', 'SvgSelector']),
      conformsTo: z.string().max(200).optional(),
      value: z.string().min(1).max(SVG_LIMIT),
    }),
    z.string().min(1).max(SVG_LIMIT),
  ])
  .openapi('NewRegion', {
    description:
      'A rectangle in the units of the canvas (`w` and `h`, or `width` and `height`); an SVG of shapes; or either as a W3C selector or as its value (`xywh=…`, or four numbers).',
  });

/** A canvas with its size, the units of regions, and its image. */
export const canvasSchema = z
  .object({
    id: z.string(),
    iri: z.string(),
    edition: z.string(),
    label: z.string(),
    /** The printed page that it shows. */
    page: z.string().nullable(),
    /** The section in which that page begins, and the offset there in code points; the first section if unknown. */
    section: z.string(),
    offset: z.number().nullable(),
    width: z.number(),
    height: z.number(),
    /** The statement that the image is not a facsimile; null where it is one. */
    statement: z.string().nullable(),
    image: z.object({
      id: z.string(),
      facsimile: z.boolean(),
      /** The info.json of its IIIF image service, version 2 or 3. */
      info: z.record(z.string(), z.unknown()),
    }),
    thumbnail: z.string(),
    /** The IRI of the manifest canvas that it was imported from. */
    origin: z.string().nullable(),
  })
  .openapi('Canvas');

/** The properties of a canvas that can be changed. */
export const canvasChangeSchema = z
  .strictObject({
    label: z.string().trim().min(1).max(LABEL_LIMIT).optional(),
    page: z.string().trim().min(1).max(PAGE_LIMIT).nullish(),
    /** From 0. */
    position: z.number().int().min(0).max(100_000).optional(),
  })
  .openapi('CanvasChange');

/**
 * The canvas of an uploaded image: that of this id, else of this page, else of the page whose picture the text calls by
 * the name of this file, else of the page that the file is named after, else a new one.
 */
export const newCanvasSchema = z.object({
  name: z.string().max(LABEL_LIMIT).optional(),
  id: z.string().max(64).optional(),
  label: z.string().trim().min(1).max(LABEL_LIMIT).optional(),
  page: z.string().trim().min(1).max(PAGE_LIMIT).optional(),
  position: z.coerce.number().int().min(0).max(100_000).optional(),
  facsimile: z
    .enum(['true', 'false'])
    .transform((value) => value === 'true')
    .optional(),
});

export type Region = z.infer<typeof regionSchema>;
export type NewRegion = z.infer<typeof newRegionSchema>;
export type CanvasView = z.infer<typeof canvasSchema>;
export type CanvasChange = z.infer<typeof canvasChangeSchema>;
