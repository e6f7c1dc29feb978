import { upgrade } from '@iiif/parser/upgrader';
import type { Manifest } from '@iiif/presentation-3';
import { z } from 'zod';
import { CANVAS_LIMIT } from '@/lib/canvas';
import { type AppError, type FieldError, invalidFields } from '@/lib/kernel/errors';
import { isObject } from '@/lib/kernel/json';

/** A canvas of an external manifest; `origin` is its IRI, `image` the address of its image service or file. */
export type ManifestCanvas = {
  origin: string;
  label: string;
  width: number;
  height: number;
  image: { service: string } | { file: string };
  /** Its JSON pointer in the received manifest (RFC 6901). */
  pointer: string;
};

const length = z.number().int().min(1).max(1_000_000);
const address = z.url({ protocol: /^https?$/ });
const languages = z.record(z.string(), z.array(z.string()));

const serviceSchema = z.object({
  id: z.string().optional(),
  '@id': z.string().optional(),
  type: z.string().optional(),
  '@type': z.string().optional(),
});
const imageSchema = z.object({
  id: address,
  type: z.literal('Image'),
  service: z.union([z.array(z.unknown()), z.record(z.string(), z.unknown())]).optional(),
});
const paintedSchema = z.union([
  imageSchema,
  z
    .object({ type: z.literal('Choice'), items: z.array(imageSchema).min(1) })
    .transform(({ items }) => items[0]),
]);
const canvasSchema = z.object({
  id: z.string().min(1).max(2_000),
  type: z.literal('Canvas'),
  label: languages.nullish(),
  width: length,
  height: length,
  items: z
    .array(
      z.object({
        items: z.array(z.object({ body: z.unknown(), target: z.unknown(), motivation: z.unknown() })),
      }),
    )
    .min(1),
});
const manifestSchema = z.object({
  type: z.literal('Manifest'),
  label: languages,
  items: z.array(z.unknown()).min(1).max(CANVAS_LIMIT),
});

/**
 * Reads a manifest of IIIF Presentation API 2 or 3; version 2 is upgraded to 3 first. Throws invalid where it is not a
 * manifest, and with the pointer of each canvas that is not painted with exactly one image.
 */
export function readManifest(json: unknown): { label: string; canvases: ManifestCanvas[] } {
  const isVersion2 = isObject(json) && json['@type'] === 'sc:Manifest';
  if (!isObject(json) || !(isVersion2 || json.type === 'Manifest')) {
    throw refuse([{ pointer: '', detail: 'This is no IIIF manifest of version 2 or 3.' }]);
  }
  const { data: manifest } = manifestSchema.safeParse(upgradeToVersion3(json));
  if (!manifest) throw refuse([{ pointer: '', detail: 'This manifest has no label, or no canvases.' }]);
  const errors: FieldError[] = [];
  const canvases = manifest.items.flatMap((item, i) => {
    const pointer = isVersion2 ? `/sequences/0/canvases/${i}` : `/items/${i}`;
    const canvas = canvasOf(item, pointer);
    if (typeof canvas !== 'string') return canvas;
    errors.push({ pointer, detail: canvas });
    return [];
  });
  const seen = new Set<string>();
  for (const { origin, pointer } of canvases) {
    if (seen.has(origin)) errors.push({ pointer, detail: 'Another canvas has the same IRI.' });
    seen.add(origin);
  }
  if (errors.length > 0) throw refuse(errors);
  return { label: labelText(manifest.label), canvases };
}

function upgradeToVersion3(json: object): Manifest | null {
  try {
    return upgrade(structuredClone(json) as never) as Manifest;
  } catch {
    return null;
  }
}

/** The canvas, or the sentence why it cannot be shown here. */
function canvasOf(item: unknown, pointer: string): ManifestCanvas | string {
  const { data: canvas } = canvasSchema.safeParse(item);
  if (!canvas) return 'This canvas lacks its IRI, its size or its image.';
  const paintings = canvas.items
    .flatMap(({ items }) => items)
    .filter(({ motivation }) => [motivation].flat().includes('painting'));
  const [painting] = paintings;
  if (!painting || paintings.length > 1) return 'A canvas that can be shown here is painted with one image.';
  const target = isObject(painting.target) ? (painting.target.id ?? painting.target.source) : painting.target;
  const whole = isObject(target) ? target.id : target;
  if (
    typeof whole !== 'string' ||
    whole.split('#')[0] !== canvas.id.split('#')[0] ||
    whole.includes('#xywh')
  ) {
    return 'The image has to cover the canvas.';
  }
  const { data: image } = paintedSchema.safeParse([painting.body].flat()[0]);
  if (!image) return 'What is painted on this canvas is no image.';
  const { width, height } = canvas;
  const service = serviceOf(image.service);
  return {
    origin: canvas.id,
    label: labelText(canvas.label ?? {}),
    width,
    height,
    pointer,
    image: service ? { service } : { file: image.id },
  };
}

/** The address of the first image service of version 2 or 3. */
function serviceOf(services: unknown): string | null {
  for (const service of [services ?? []].flat()) {
    const { data } = serviceSchema.safeParse(service);
    const id = data?.id ?? data?.['@id'];
    if (id && /^ImageService[23]$/.test(data?.type ?? data?.['@type'] ?? '')) return id;
  }
  return null;
}

/** The text of a label: without language, else in English, else in the first language. */
function labelText(label: Record<string, string[]>): string {
  const words = label.none ?? label.en ?? Object.values(label)[0] ?? [];
  return words.join(' ').trim().slice(0, 200);
}

function refuse(errors: FieldError[]): AppError {
  return invalidFields(errors);
}
