import { upgrade } from '@iiif/parser/upgrader';
import type { Manifest } from '@iiif/presentation-3';
import { z } from 'zod';
import { CANVAS_LIMIT } from '@/lib/canvas';
import { type AppError, type FieldError, invalidFields } from '@/lib/kernel/errors';
import { isObject } from '@/lib/kernel/json';
import { decodeUri } from '@/lib/kernel/uri';

/** A canvas of an external manifest; `origin` is its IRI, `image` the address of its image service or file. */
export type ManifestCanvas = {
  origin: string;
  label: string;
  width: number;
  height: number;
  /** Null for a gap: a page of which there is no image. */
  image: { service: string } | { file: string } | null;
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
        items: z
          .array(z.object({ body: z.unknown(), target: z.unknown(), motivation: z.unknown() }))
          .default([]),
      }),
    )
    .default([]),
});
const manifestSchema = z.object({
  type: z.literal('Manifest'),
  label: languages.nullish(),
  items: z.array(z.unknown()).default([]),
});

/**
 * Reads a manifest of IIIF Presentation API 2 or 3; version 2 is upgraded to 3 first. A canvas without an image is a gap.
 * Throws invalid where it is not a manifest, or has no image at all, and with the pointer of each canvas that is painted
 * with something else than one image.
 */
export function readManifest(json: unknown): { label: string; canvases: ManifestCanvas[] } {
  const isVersion2 = isObject(json) && json['@type'] === 'sc:Manifest';
  if (!isObject(json) || !(isVersion2 || json.type === 'Manifest')) {
    throw refuse([{ pointer: '', detail: isObject(json) && isCollection(json) ? COLLECTION : NO_MANIFEST }]);
  }
  const { data: manifest } = manifestSchema.safeParse(upgradeToVersion3(json));
  if (!manifest) throw refuse([{ pointer: '', detail: NO_MANIFEST }]);
  if (manifest.items.length === 0) throw refuse([{ pointer: '', detail: 'This manifest has no canvases.' }]);
  if (manifest.items.length > CANVAS_LIMIT) {
    const detail = 'This manifest has more than {most} canvases.';
    throw refuse([{ pointer: '', detail, values: { most: CANVAS_LIMIT } }]);
  }
  const errors: FieldError[] = [];
  const canvases = manifest.items.flatMap((item, i) => {
    const pointer = isVersion2 ? `/sequences/0/canvases/${i}` : `/items/${i}`;
    const canvas = canvasOf(isVersion2 ? unescapedOnce(item) : item, pointer);
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
  if (canvases.every(({ image }) => image === null))
    throw refuse([{ pointer: '', detail: 'No canvas of this manifest has an image.' }]);
  return { label: labelText(manifest.label ?? {}), canvases };
}

const NO_MANIFEST = 'This is no IIIF manifest of version 2 or 3.';
const COLLECTION = 'This is an IIIF collection: take the address of one of its manifests.';

function isCollection(json: Record<string, unknown>): boolean {
  return json.type === 'Collection' || json['@type'] === 'sc:Collection';
}

/** The upgrade of version 2 escapes IRIs once more, those that are escaped already too: every percent sign of theirs. */
function unescapedOnce(item: unknown): unknown {
  return JSON.parse(JSON.stringify(item), (name, value) =>
    typeof value === 'string' && (name === 'target' || name === 'id') && value.includes('%25')
      ? value.replace(/%25([0-9a-f]{2})/gi, '%$1')
      : value,
  );
}

/** Whether two IRIs are the same, whatever of them is escaped (RFC 3986 §6.2.2). */
function isSameIri(one: string, other: string): boolean {
  const plain = (iri: string) => {
    const [whole = ''] = iri.split('#');
    return URL.canParse(whole) ? new URL(whole).href : whole;
  };
  return plain(one) === plain(other) || decodeUri(plain(one)) === decodeUri(plain(other));
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
  if (!canvas) return 'This canvas lacks its IRI or its size.';
  const paintings = canvas.items
    .flatMap(({ items }) => items)
    .filter(({ motivation }) => [motivation].flat().includes('painting'));
  const [painting] = paintings;
  const { width, height } = canvas;
  const known = { origin: canvas.id, label: labelText(canvas.label ?? {}), width, height, pointer };
  if (!painting) return { ...known, image: null };
  if (paintings.length > 1) return 'A canvas that can be shown here is painted with one image.';
  const target = isObject(painting.target) ? (painting.target.id ?? painting.target.source) : painting.target;
  const whole = isObject(target) ? target.id : target;
  if (typeof whole !== 'string' || !isSameIri(whole, canvas.id) || whole.includes('#xywh')) {
    return 'The image has to cover the canvas.';
  }
  const { data: image } = paintedSchema.safeParse([painting.body].flat()[0]);
  if (!image) return 'What is painted on this canvas is no image.';
  const service = serviceOf(image.service);
  return { ...known, image: service ? { service } : { file: image.id } };
}

/** The address of the first image service of version 2 or 3. */
function serviceOf(services: unknown): string | null {
  for (const service of [services ?? []].flat()) {
    const { data } = serviceSchema.safeParse(service);
    const id = data?.id ?? data?.['@id'];
    if (id && /^ImageService[23]$/.test(data?.type ?? data?.['@type'] ?? ''))
      return id.trim().replace(/\s/g, '%20');
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
