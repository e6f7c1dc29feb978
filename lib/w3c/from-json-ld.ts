import type { ExternalTarget, Kind, Visibility } from '@/lib/annotation/schema';
import { kindSchema, visibilitySchema } from '@/lib/annotation/schema';
import { parseCanvasIri, parseImageIri } from '@/lib/canvas';
import { config } from '@/lib/config';
import { AppError } from '@/lib/kernel/errors';
import { isObject, type Json } from '@/lib/kernel/json';
import { decodeUri } from '@/lib/kernel/uri';
import { bodyTextOf } from './model/body-text';
import { kindOfMotivations } from './motivation';
import { type IncomingAnnotation, quoteSelectorSchema } from './schema';
import { SCHOLION_NS } from './to-json-ld';

/** What an incoming annotation says, beside what it stands on or answers. */
type IncomingContent = {
  body: string;
  tags: string[];
  visibility: Visibility;
  /** The annotation as it came, as JSON, with the id that it came with among its `via`. */
  received: string;
  /** What it is called elsewhere: its id, its `canonical`, its `via`. */
  origins: string[];
};

/** What an incoming annotation asks for: a gloss on passages of ours, or a reply to an annotation. */
export type ParsedAnnotation = ({ places: ExternalTarget[]; kind: Kind } | { parent: string }) &
  IncomingContent;

/**
 * Reads a Web Annotation (W3C Web Annotation Data Model §3–4) as a gloss or a reply of ours. Throws invalid, with
 * the JSON pointer of the fault, where no target is in one of our editions. Where in a section it stands is for
 * lib/annotation to find out: a valid annotation is kept even if nobody can tell. `isRenamed`: whether it gets an IRI
 * of ours, and the one that it came with becomes a `via`.
 */
export function fromJsonLd(incoming: IncomingAnnotation, { isRenamed = true } = {}): ParsedAnnotation {
  const said = { ...contentOf(incoming), ...receivedOf(incoming, isRenamed) };
  const targets = targetsOf(incoming);
  const [only] = targets;
  const parent = targets.length === 1 && only ? annotationId(only.source) : null;
  if (parent) return { parent, ...said };
  return { places: externalTargetsOf(targets), kind: kindOfAnnotation(incoming), ...said };
}

/** Text, tags and visibility of an annotation. */
export function contentOf(
  incoming: IncomingAnnotation,
): Pick<IncomingContent, 'body' | 'tags' | 'visibility'> {
  return { ...bodyTextOf(incoming), visibility: visibilityOf(incoming) };
}

/**
 * A resource that an annotation speaks of, its selectors, and where it stands in the annotation (RFC 6901); `image` is
 * our own word for the image that was looked at, where it is a canvas.
 */
export type AnnotationTarget = { source: string; selectors: unknown[]; image: unknown; pointer: string };

/** All that an annotation speaks of, sets taken apart. */
export function targetsOf(incoming: IncomingAnnotation): AnnotationTarget[] {
  return [...flattenTarget(incoming.target, '/target')].map(({ target, pointer }) => ({
    ...resourceOf(target),
    pointer,
  }));
}

/**
 * The places in our editions among targets. What is elsewhere is taken for the section `elsewhere`, if one is named.
 * Throws invalid where there is none.
 */
export function externalTargetsOf(
  targets: AnnotationTarget[],
  elsewhere?: { edition: string; section: string },
): ExternalTarget[] {
  const places = targets.flatMap((target) => {
    const own = sectionTargetOf(target) ?? canvasTargetOf(target);
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
function* flattenTarget(target: unknown, pointer: string): Generator<{ target: unknown; pointer: string }> {
  const items = Array.isArray(target) ? target : undefined;
  const set = isObject(target) && Array.isArray(target.items) ? target.items : undefined;
  if (!items && !set) yield { target, pointer };
  for (const [i, item] of (items ?? set ?? []).entries()) {
    yield* flattenTarget(item, set ? `${pointer}/items/${i}` : `${pointer}/${i}`);
  }
}

/** What a target speaks of, and its selectors; a fragment of its IRI is one too (§3.2.3). */
function resourceOf(target: unknown): Omit<AnnotationTarget, 'pointer'> {
  const named = isObject(target) ? (target.source ?? target.id) : target;
  const source = isObject(named) ? named.id : named;
  const image = isObject(target) ? target[`${SCHOLION_NS}image`] : undefined;
  if (typeof source !== 'string') return { source: '', selectors: [], image };
  const selectors = isObject(target) ? [target.selector ?? []].flat() : [];
  const fragment = source.split('#')[1];
  if (selectors.length > 0 || !fragment) return { source, selectors, image };
  return { source, selectors: [{ type: 'FragmentSelector', value: decodeUri(fragment) ?? fragment }], image };
}

/** The place in one of our editions that an IRI names; null where it is none of ours. */
function sectionTargetOf({ source, selectors, pointer }: AnnotationTarget): ExternalTarget | null {
  const path = pathOf(source);
  const [, edition, section = null] =
    /^\/editions\/([^/?#]+)(?:\/([^/?#]+))?\/?(?:[?#]|$)/.exec(path ?? '') ?? [];
  if (!edition) return null;
  return {
    edition: decodeUri(edition) ?? edition,
    section: section && (decodeUri(section) ?? section),
    revision: Number(/[?&]revision=(\d{1,9})(?:[&#]|$)/.exec(source)?.[1] ?? 0) || null,
    ...{ selectors, quote: quoteIn(selectors), pointer, canvas: null },
  };
}

/** The place on one of our canvases that an IRI names; null where it is none of ours. */
function canvasTargetOf({ source, selectors, image, pointer }: AnnotationTarget): ExternalTarget | null {
  const path = pathOf(source);
  const named = path && parseCanvasIri(config().address + path);
  if (!named) return null;
  return {
    ...{ edition: named.edition, section: null, revision: null, selectors, quote: null, pointer },
    canvas: { id: named.id, image: typeof image === 'string' ? parseImageIri(image) : null },
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
export function kindOfAnnotation(incoming: IncomingAnnotation): Kind {
  const own = kindSchema.safeParse(incoming[`${SCHOLION_NS}kind`]);
  return own.data ?? kindOfMotivations([incoming.motivation ?? []].flat());
}

function visibilityOf(incoming: Json): Visibility {
  return visibilitySchema.safeParse(incoming[`${SCHOLION_NS}visibility`]).data ?? 'group';
}

/** What an annotation is called where it comes from: its id, its `canonical`, its `via`. */
export function originsOf({ id, canonical, via }: Json): string[] {
  const names = [id, canonical, ...[via ?? []].flat()].map((one) => (isObject(one) ? one.id : one));
  return [...new Set(names.filter((name): name is string => typeof name === 'string'))];
}

/** The annotation under another IRI: the id that it came with is one more `via` (Web Annotation Protocol §5.1). */
export function withIdAsVia<A extends Json>(annotation: A): A {
  const { id, via } = annotation;
  const vias = [via ?? []].flat();
  if (typeof id !== 'string' || vias.includes(id)) return annotation;
  return { ...annotation, via: via === undefined ? id : [...vias, id] };
}

/** The annotation as it is kept, and what it is called elsewhere. */
function receivedOf(incoming: Json, isRenamed: boolean): Pick<IncomingContent, 'received' | 'origins'> {
  const { id, ...unnamed } = incoming;
  return {
    received: JSON.stringify(isRenamed ? withIdAsVia(incoming) : incoming),
    origins: originsOf(isRenamed ? incoming : unnamed),
  };
}
