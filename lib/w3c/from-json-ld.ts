import type { Kind, Visibility } from '@/lib/annotation/schema';
import { kindSchema, visibilitySchema } from '@/lib/annotation/schema';
import { parseCanvasIri, parseImageIri } from '@/lib/canvas';
import { config } from '@/lib/config';
import { AppError } from '@/lib/kernel/errors';
import { isObject, type Json } from '@/lib/kernel/json';
import { decodeUri } from '@/lib/kernel/uri';
import type { ExternalTarget } from '@/lib/target/schema';
import { SCHOLION_NS, SECTION_PROPERTY } from './iris';
import { bodyTextOf } from './model/body-text';
import { partsOf } from './model/kind-parts';
import { statedKindOf } from './model/stated-kind';
import { type IncomingAnnotation, quoteSelectorSchema } from './schema';

/** The content of an incoming annotation: all of it but its targets. */
type IncomingContent = {
  body: string;
  tags: string[];
  visibility: Visibility;
  /** What its kind asks for. */
  reading: string | null;
  citation: string | null;
  citationAddress: string | null;
  /** The received annotation in JSON, with its id added to `via`. */
  received: string;
  /** Its IRIs elsewhere: id, `canonical`, `via`. */
  origins: string[];
};

/** An incoming annotation as a gloss on targets in our editions, or as a reply to an annotation of ours. */
export type ParsedAnnotation = ({ targets: ExternalTarget[]; kind: Kind } | { parent: string }) &
  IncomingContent;

/**
 * Reads a valid Web Annotation (W3C Web Annotation Data Model §3–4) as a gloss or a reply. Targets are not resolved to
 * passages here, because an annotation whose selectors lead nowhere is kept as orphaned. With `isRenamed` the
 * annotation gets an IRI of ours, and its own becomes a `via`. Throws invalid where no target is in our editions.
 */
export function fromJsonLd(incoming: IncomingAnnotation, { isRenamed = true } = {}): ParsedAnnotation {
  const content = { ...contentOf(incoming), ...receivedOf(incoming, isRenamed) };
  const targets = targetsOf(incoming);
  const [only] = targets;
  const parent = targets.length === 1 && only ? annotationId(only.source) : null;
  if (parent) return { parent, ...content };
  return {
    targets: externalTargetsOf(targets, statedSectionOf(incoming)),
    kind: kindOfAnnotation(incoming),
    ...content,
  };
}

/** Text, tags, what its kind asks for, and visibility of an annotation. */
export function contentOf(incoming: IncomingAnnotation): Omit<IncomingContent, 'received' | 'origins'> {
  const parts = partsOf(incoming, kindOfAnnotation(incoming));
  return { ...bodyTextOf(incoming), ...parts, visibility: visibilityOf(incoming) };
}

/**
 * A target of an annotation: its source, its selectors, and its JSON pointer in the annotation (RFC 6901). `image` is
 * the value of our own property for the image that the canvas had when the annotation was written.
 */
export type AnnotationTarget = { source: string; selectors: unknown[]; image: unknown; pointer: string };

/** All targets of an annotation; a Choice or another list counts as its items. */
export function targetsOf(incoming: IncomingAnnotation): AnnotationTarget[] {
  return [...flattenTarget(incoming.target, '/target')].map(({ target, pointer }) => ({
    ...resourceOf(target),
    pointer,
  }));
}

/**
 * Those of `targets` that are in our editions. A target elsewhere is taken for one in the section `fallback`, if that is
 * given. Throws invalid where no target is left.
 */
export function externalTargetsOf(
  targets: AnnotationTarget[],
  fallback?: { edition: string; section: string },
): ExternalTarget[] {
  const own = targets.flatMap((target) => {
    const found = sectionTargetOf(target) ?? canvasTargetOf(target);
    if (found || !fallback) return found ?? [];
    const { pointer } = target;
    const selectors = portable(target.selectors);
    return { ...fallback, revision: null, selectors, quote: quoteIn(selectors), pointer, canvas: null };
  });
  if (own.length > 0) return own;
  throw new AppError('invalid', 'This is not an annotation that can be kept here.', {
    errors: [
      { pointer: '/target', detail: 'The target is no section and no page image of an edition here.' },
    ],
  });
}

/** Selectors of a text elsewhere, in ours: where one quotes, paths in the other page say nothing. */
function portable(selectors: unknown[]): unknown[] {
  if (quoteIn(selectors) === null) return selectors;
  return selectors.filter((selector) => {
    const types = isObject(selector) ? [selector.type].flat() : [];
    return !types.some((type) => /^(Fragment|XPath|Css|Range|DataPosition)Selector$/.test(String(type)));
  });
}

/** The single targets in a value of `target`, each with its pointer; lists (§4.1 Choice, Composite, List, Independents) are flattened. */
function* flattenTarget(target: unknown, pointer: string): Generator<{ target: unknown; pointer: string }> {
  const items = Array.isArray(target) ? target : undefined;
  const set = isObject(target) && Array.isArray(target.items) ? target.items : undefined;
  if (!items && !set) yield { target, pointer };
  for (const [i, item] of (items ?? set ?? []).entries()) {
    yield* flattenTarget(item, set ? `${pointer}/items/${i}` : `${pointer}/${i}`);
  }
}

/** Source and selectors of a target. The fragment of a source's IRI is a selector too (§3.2.3). */
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

/** A target whose source is a section or an edition of ours; null for another. */
function sectionTargetOf({ source, selectors, pointer }: AnnotationTarget): ExternalTarget | null {
  const named = sectionNamed(source);
  if (!named) return null;
  return {
    ...named,
    revision: Number(/[?&]revision=(\d{1,9})(?:[&#]|$)/.exec(source)?.[1] ?? 0) || null,
    selectors,
    quote: quoteIn(selectors),
    pointer,
    canvas: null,
  };
}

/** The edition and the section in an IRI of ours; `section` null for an edition as a whole, null for another IRI. */
function sectionNamed(iri: string): { edition: string; section: string | null } | null {
  const [, edition, section = null] =
    /^\/editions\/([^/?#]+)(?:\/([^/?#]+))?\/?(?:[?#]|$)/.exec(pathOf(iri) ?? '') ?? [];
  if (!edition) return null;
  return {
    edition: decodeUri(edition) ?? edition,
    section: section && (decodeUri(section) ?? section),
  };
}

/** A target whose source is a canvas of ours, or an image of ours; null for another. */
function canvasTargetOf({ source, selectors, image, pointer }: AnnotationTarget): ExternalTarget | null {
  const address = config().address + (pathOf(source) ?? '');
  const named = parseCanvasIri(address);
  const ownImage = parseImageIri(address);
  const target = { section: null, revision: null, selectors, quote: null, pointer };
  if (ownImage) return { edition: '', ...target, canvas: { address, image: ownImage } };
  if (!named) return null;
  const drawnOn = typeof image === 'string' ? parseImageIri(image) : null;
  return { edition: named.edition, ...target, canvas: { id: named.id, image: drawnOn } };
}

/** The id in the IRI of an annotation of this server; null for another IRI. */
export function annotationId(iri: string): string | null {
  return /^\/(?:groups\/[^/]+\/)?annotations\/([^/?#]+)$/.exec(pathOf(iri) ?? '')?.[1] ?? null;
}

function pathOf(iri: string): string | null {
  const { address } = config();
  if (iri.startsWith(`${address}/`) && !iri.includes('/.')) return iri.slice(address.length);
  // An equivalent IRI: letter case, default port, dot segments (RFC 3986 §6.2.2, §6.2.3).
  const { href } = URL.canParse(iri) ? new URL(iri) : { href: '' };
  const own = new URL(address).href.replace(/\/$/, '');
  return href.startsWith(`${own}/`) ? href.slice(own.length) : null;
}

/** The first quote among selectors and their refinements. */
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

/** The section that our own property names, for an annotation that is on something elsewhere. */
export function statedSectionOf(annotation: Json): { edition: string; section: string } | undefined {
  const stated = annotation[SECTION_PROPERTY];
  const iri = isObject(stated) ? stated.id : stated;
  const named = typeof iri === 'string' ? sectionNamed(iri) : null;
  return named?.section ? { edition: named.edition, section: named.section } : undefined;
}

/** Whether an annotation names a section, an edition or a canvas of ours by itself. */
export function isOnOwnTarget(annotation: IncomingAnnotation): boolean {
  return targetsOf(annotation).some(
    (target) => sectionTargetOf(target) !== null || canvasTargetOf(target) !== null,
  );
}

/** The kind of our own property, if it has one; else the kind that it has by the model. */
export function kindOfAnnotation(incoming: IncomingAnnotation): Kind {
  const own = kindSchema.safeParse(incoming[`${SCHOLION_NS}kind`]);
  return own.data ?? statedKindOf(incoming);
}

function visibilityOf(incoming: Json): Visibility {
  return visibilitySchema.safeParse(incoming[`${SCHOLION_NS}visibility`]).data ?? 'group';
}

/** The IRIs of an annotation elsewhere: id, `canonical`, `via`. */
export function originsOf({ id, canonical, via }: Json): string[] {
  const names = [id, canonical, ...[via ?? []].flat()].map((name) => (isObject(name) ? name.id : name));
  return [...new Set(names.filter((name): name is string => typeof name === 'string'))];
}

/** The annotation with its id added to `via`, before it gets another IRI (Web Annotation Protocol §5.1). */
export function withIdAsVia<A extends Json>(annotation: A): A {
  const { id, via } = annotation;
  const vias = [via ?? []].flat();
  if (typeof id !== 'string' || vias.includes(id)) return annotation;
  return { ...annotation, via: via === undefined ? id : [...vias, id] };
}

/** The annotation as it is stored, and its IRIs elsewhere. */
function receivedOf(incoming: Json, isRenamed: boolean): Pick<IncomingContent, 'received' | 'origins'> {
  const { id, ...unnamed } = incoming;
  return {
    received: JSON.stringify(isRenamed ? withIdAsVia(incoming) : incoming),
    origins: originsOf(isRenamed ? incoming : unnamed),
  };
}
