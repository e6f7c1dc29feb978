import type { ExternalTarget, Kind, Visibility } from '@/lib/annotation/schema';
import { kindSchema, visibilitySchema } from '@/lib/annotation/schema';
import { canvasNamed, imageNamed } from '@/lib/canvas';
import { config } from '@/lib/config';
import { AppError } from '@/lib/kernel/errors';
import { isObject, type Json } from '@/lib/kernel/json';
import { textOf } from './model/text';
import { kindOf } from './motivation';
import { type Incoming, quoteSelectorSchema } from './schema';
import { OURS } from './to-json-ld';

/** What an incoming annotation says, beside what it stands on or answers. */
type Said = {
  body: string;
  tags: string[];
  visibility: Visibility;
  /** The annotation as it came, as JSON, with the id that it came with among its `via`. */
  received: string;
  /** What it is called elsewhere: its id, its `canonical`, its `via`. */
  origins: string[];
};

/** What an incoming annotation asks for: a gloss on passages of ours, or a reply to an annotation. */
export type Meant = ({ places: ExternalTarget[]; kind: Kind } | { parent: string }) & Said;

/**
 * Reads a Web Annotation (W3C Web Annotation Data Model §3–4) as a gloss or a reply of ours. Throws invalid, with
 * the JSON pointer of the fault, where no target is in one of our editions. Where in a section it stands is for
 * lib/annotation to find out: a valid annotation is kept even if nobody can tell. `isRenamed`: whether it gets an IRI
 * of ours, and the one that it came with becomes a `via`.
 */
export function fromJsonLd(incoming: Incoming, { isRenamed = true } = {}): Meant {
  const said = { ...saidOf(incoming), ...receivedOf(incoming, isRenamed) };
  const targets = targetsOf(incoming);
  const [only] = targets;
  const parent = targets.length === 1 && only ? annotationId(only.source) : null;
  if (parent) return { parent, ...said };
  return { places: placesOf(targets), kind: kindFrom(incoming), ...said };
}

/** Text, tags and visibility of an annotation. */
export function saidOf(incoming: Incoming): Pick<Said, 'body' | 'tags' | 'visibility'> {
  return { ...textOf(incoming), visibility: visibilityOf(incoming) };
}

/**
 * A resource that an annotation speaks of, its selectors, and where it stands in the annotation (RFC 6901); `image` is
 * our own word for the image that was looked at, where it is a canvas.
 */
export type Target = { source: string; selectors: unknown[]; image: unknown; pointer: string };

/** All that an annotation speaks of, sets taken apart. */
export function targetsOf(incoming: Incoming): Target[] {
  return [...leavesOf(incoming.target, '/target')].map(({ target, pointer }) => ({
    ...resourceOf(target),
    pointer,
  }));
}

/**
 * The places in our editions among targets. What is elsewhere is taken for the section `elsewhere`, if one is named.
 * Throws invalid where there is none.
 */
export function placesOf(
  targets: Target[],
  elsewhere?: { edition: string; section: string },
): ExternalTarget[] {
  const places = targets.flatMap((target) => {
    const own = placeOf(target) ?? canvasPlaceOf(target);
    if (own || !elsewhere) return own ?? [];
    const { selectors, pointer } = target;
    return { ...elsewhere, revision: null, selectors, quote: quoteIn(selectors), pointer, canvas: null };
  });
  if (places.length > 0) return places;
  throw new AppError('invalid', 'This is not an annotation that can be kept here.', {
    errors: [
      { pointer: '/target', detail: 'The target is no section and no page image of an edition here.' },
    ],
  });
}

/** The resources that a target stands for, sets taken apart (§4.1 Choice, Composite, List, Independents), each with its pointer. */
function* leavesOf(target: unknown, pointer: string): Generator<{ target: unknown; pointer: string }> {
  const items = Array.isArray(target) ? target : undefined;
  const set = isObject(target) && Array.isArray(target.items) ? target.items : undefined;
  if (!items && !set) yield { target, pointer };
  for (const [i, item] of (items ?? set ?? []).entries()) {
    yield* leavesOf(item, set ? `${pointer}/items/${i}` : `${pointer}/${i}`);
  }
}

/** What a target speaks of, and its selectors; a fragment of its IRI is one too (§3.2.3). */
function resourceOf(target: unknown): Omit<Target, 'pointer'> {
  const named = isObject(target) ? (target.source ?? target.id) : target;
  const source = isObject(named) ? named.id : named;
  const image = isObject(target) ? target[`${OURS}image`] : undefined;
  if (typeof source !== 'string') return { source: '', selectors: [], image };
  const selectors = isObject(target) ? [target.selector ?? []].flat() : [];
  const fragment = source.split('#')[1];
  if (selectors.length > 0 || !fragment) return { source, selectors, image };
  return { source, selectors: [{ type: 'FragmentSelector', value: decode(fragment) }], image };
}

/** The place in one of our editions that an IRI names; null where it is none of ours. */
function placeOf({ source, selectors, pointer }: Target): ExternalTarget | null {
  const path = pathOf(source);
  const [, edition, section = null] =
    /^\/editions\/([^/?#]+)(?:\/([^/?#]+))?\/?(?:[?#]|$)/.exec(path ?? '') ?? [];
  if (!edition) return null;
  return {
    ...{ edition: decode(edition), section: section && decode(section) },
    revision: Number(/[?&]revision=(\d{1,9})(?:[&#]|$)/.exec(source)?.[1] ?? 0) || null,
    ...{ selectors, quote: quoteIn(selectors), pointer, canvas: null },
  };
}

/** The place on one of our canvases that an IRI names; null where it is none of ours. */
function canvasPlaceOf({ source, selectors, image, pointer }: Target): ExternalTarget | null {
  const path = pathOf(source);
  const named = path && canvasNamed(config().address + path);
  if (!named) return null;
  return {
    ...{ edition: named.edition, section: null, revision: null, selectors, quote: null, pointer },
    canvas: { id: named.id, image: typeof image === 'string' ? imageNamed(image) : null },
  };
}

/** The id in the IRI of an annotation of ours; null where it is none. */
export function annotationId(iri: string): string | null {
  return /^\/(?:groups\/[^/]+\/)?annotations\/([^/?#]+)$/.exec(pathOf(iri) ?? '')?.[1] ?? null;
}

function pathOf(iri: string): string | null {
  const { address } = config();
  if (iri.startsWith(`${address}/`) && !iri.includes('/.')) return iri.slice(address.length);
  // The same IRI in other letters, with its default port, or with dots in its path (RFC 3986 §6.2.2, §6.2.3).
  const { href } = URL.canParse(iri) ? new URL(iri) : { href: '' };
  const own = new URL(address).href.replace(/\/$/, '');
  return href.startsWith(`${own}/`) ? href.slice(own.length) : null;
}

/** The first quote among selectors and what refines them. */
function quoteIn(selectors: unknown[]): ExternalTarget['quote'] {
  for (const selector of selectors) {
    const { data } = quoteSelectorSchema.safeParse(selector);
    if (data?.exact) return data;
    const refinement = isObject(selector) ? selector.refinedBy : null;
    const inner = refinement ? quoteIn([refinement].flat()) : null;
    if (inner) return inner;
  }
  return null;
}

/** Our own word for it where it has one, else the nearest to its motivation. */
export function kindFrom(incoming: Incoming): Kind {
  const own = kindSchema.safeParse(incoming[`${OURS}kind`]);
  return own.data ?? kindOf([incoming.motivation ?? []].flat());
}

function visibilityOf(incoming: Json): Visibility {
  return visibilitySchema.safeParse(incoming[`${OURS}visibility`]).data ?? 'group';
}

/** What an annotation is called where it comes from: its id, its `canonical`, its `via`. */
export function originsOf({ id, canonical, via }: Json): string[] {
  const names = [id, canonical, ...[via ?? []].flat()].map((one) => (isObject(one) ? one.id : one));
  return [...new Set(names.filter((name): name is string => typeof name === 'string'))];
}

/** The annotation under another IRI: the id that it came with is one more `via` (Web Annotation Protocol §5.1). */
export function renamed<A extends Json>(annotation: A): A {
  const { id, via } = annotation;
  const vias = [via ?? []].flat();
  if (typeof id !== 'string' || vias.includes(id)) return annotation;
  return { ...annotation, via: via === undefined ? id : [...vias, id] };
}

/** The annotation as it is kept, and what it is called elsewhere. */
function receivedOf(incoming: Json, isRenamed: boolean): Pick<Said, 'received' | 'origins'> {
  const { id, ...unnamed } = incoming;
  return {
    received: JSON.stringify(isRenamed ? renamed(incoming) : incoming),
    origins: originsOf(isRenamed ? incoming : unnamed),
  };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
