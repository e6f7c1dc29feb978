import { type AnnotationRow, iriOf } from '@/lib/annotation';
import type { Kind } from '@/lib/annotation/schema';
import { canvasIri, imageIri, selectorOf } from '@/lib/canvas';
import { config } from '@/lib/config';
import type { Json } from '@/lib/kernel/json';
import { ASSIGNMENT_PROPERTY } from './assignments';
import { isOnOwnTarget } from './from-json-ld';
import { assignmentIri, personIri, SCHOLION_NS, SECTION_PROPERTY, sectionIri } from './iris';
import { bodyTextOf } from './model/body-text';
import { partBodies, partsOf } from './model/kind-parts';
import { createdOf, modifiedOf, statedOf } from './model/provenance';
import { statedKindOf } from './model/stated-kind';
import { kindOfMotivations, motivationOf } from './motivation';
import { ANNO_CONTEXT, type IncomingAnnotation } from './schema';

/** Flags that staff sets on an annotation; written where they are set. */
export const STATUS_FLAGS = ['locked', 'pinned', 'endorsed', 'resolved'] as const;

/**
 * An annotation in JSON-LD (W3C Web Annotation Data Model §3). Each passage is a target with a quote and a position
 * selector, each region one with a selector on its canvas; the target of a reply is its parent. A tombstone has no
 * body. An external annotation is returned as it was received, in its order of properties, except for those that the
 * server decides; what it does not say itself is added only where it would be lost in another group. `embedded` leaves out the context where the page around it has the same.
 */
export function toJsonLd(row: AnnotationRow, { embedded = false } = {}): Json {
  if (row.received === null) return ownJsonLd(row, embedded ? {} : { '@context': ANNO_CONTEXT });
  const received: IncomingAnnotation = JSON.parse(row.received);
  const { '@context': context = ANNO_CONTEXT, ...merged } = mergeReceived(received, ownJsonLd(row), row);
  return { ...(!(embedded && context === ANNO_CONTEXT) && { '@context': context }), ...merged };
}

/** The annotation of a row, added to `document`. Properties are assigned one by one, because spreading takes three times as long. */
function ownJsonLd(row: AnnotationRow, document: Json = {}): Json {
  document.id = iriOf(row);
  document.type = 'Annotation';
  document.motivation = row.parentId === null ? motivationOf(row.kind) : 'replying';
  document.creator = { id: personIri(row.authorId), type: 'Person', name: row.authorName };
  document.created = row.createdAt.toISOString();
  document.modified = row.modifiedAt.toISOString();
  document.generator = { id: config().address, type: 'Software', name: 'Scholion' };
  const bodies = bodiesOf(row);
  if (bodies !== undefined) document.body = bodies;
  document.target = targetOf(row);
  document[`${SCHOLION_NS}kind`] = row.kind;
  document[`${SCHOLION_NS}visibility`] = row.visibility;
  document[`${SCHOLION_NS}state`] = row.state;
  if (row.assignmentId !== null)
    document[ASSIGNMENT_PROPERTY] = { id: assignmentIri(row.groupSlug, row.assignmentId) };
  if (row.reason !== null) document[`${SCHOLION_NS}reason`] = row.reason;
  for (const flag of STATUS_FLAGS) if (hasStatusFlag(row, flag)) document[SCHOLION_NS + flag] = true;
  return document;
}

/** Whether a flag is set; `locked` counts on the root of a thread only. */
function hasStatusFlag(row: AnnotationRow, flag: (typeof STATUS_FLAGS)[number]): boolean {
  return row[flag] && (flag !== 'locked' || row.parentId === null);
}

/**
 * A received annotation with the values of this server: id always; created, modified, creator and our own properties
 * where they are in it, or where it says something else without them; body, motivation and target only if text, tags,
 * kind or targets were changed here since. Properties keep their order.
 */
function mergeReceived(received: IncomingAnnotation, own: Json, row: AnnotationRow): Json {
  const sameText = row.version === 1 || hasTextOf(row, received);
  const receivedKind = statedKindOf(received);
  // What marks a passage elsewhere had the kind of its motivation here, before there were highlights.
  const sameKind =
    row.parentId !== null ||
    receivedKind === row.kind ||
    (receivedKind === 'highlight' && row.kind === kindWithWords(received));
  const isImplied: Record<string, boolean> = {
    [`${SCHOLION_NS}kind`]: sameKind,
    [`${SCHOLION_NS}visibility`]: row.visibility === 'group',
    [`${SCHOLION_NS}state`]: row.state === 'published',
    creator: statedOf(received, 'creator') !== undefined,
    created: createdOf(received) === row.createdAt.getTime(),
    modified: modifiedOf(received) === row.modifiedAt.getTime(),
    generator: true,
  };
  const isReplyByIri = row.parentId !== null && typeof received.target === 'string';
  const overriding: Json = { ...own };
  // These stay as they were received, or absent as they were.
  if (sameText) delete overriding.body;
  if (sameKind) delete overriding.motivation;
  for (const [name, implied] of Object.entries(isImplied)) {
    if (implied && !(name in received)) delete overriding[name];
  }
  for (const name of ['type', 'creator', 'generator']) if (name in received) delete overriding[name];
  if ('target' in received && !isReplyByIri) delete overriding.target;
  for (const name of ['created', 'modified']) {
    // An equal time in another notation keeps that notation.
    const given = received[name];
    if (typeof given === 'string' && Date.parse(given) === Date.parse(own[name] as string))
      delete overriding[name];
  }
  const dropped = ['reason', 'assignment', ...STATUS_FLAGS]
    .map((name) => `${SCHOLION_NS}${name}`)
    .filter((name) => !(name in own));
  if (!sameText) dropped.push('bodyValue');
  // An annotation of another page says by itself not where it is here.
  if (row.parentId === null && !isOnOwnTarget(received))
    overriding[SECTION_PROPERTY] = { id: sectionIri(row.edition, row.section) };
  const merged: Json = {};
  for (const [name, value] of Object.entries(received)) {
    if (dropped.includes(name)) continue;
    define(merged, name, Object.hasOwn(overriding, name) ? overriding[name] : value);
  }
  for (const [name, value] of Object.entries(overriding)) if (!(name in merged)) define(merged, name, value);
  return merged;
}

function kindWithWords({ motivation }: IncomingAnnotation): Kind {
  const kind = kindOfMotivations([motivation ?? []].flat());
  return kind === 'highlight' ? 'gloss' : kind;
}

/** Whether text and tags are still those that were received; those of a first version are. */
function hasTextOf(row: AnnotationRow, received: IncomingAnnotation): boolean {
  const { body, tags } = bodyTextOf(received);
  const { reading, citation, citationAddress } = partsOf(received, row.kind);
  const hasParts =
    reading === row.reading && citation === row.citation && citationAddress === row.citationAddress;
  return hasParts && body === row.body && tags.join('\n') === row.tags.join('\n');
}

/** Sets a property of any name, even `__proto__`, which is an ordinary name in JSON. */
function define(object: Json, name: string, value: unknown): void {
  Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
}

function bodiesOf(row: AnnotationRow): unknown {
  const text =
    row.body === ''
      ? []
      : [{ type: 'TextualBody', value: row.body, format: 'text/markdown', purpose: 'commenting' }];
  const tags = row.tags.map((value) => ({ type: 'TextualBody', value, purpose: 'tagging' }));
  const bodies = [...text, ...partBodies(row), ...tags];
  return bodies.length > 1 ? bodies : bodies[0];
}

function targetOf(row: AnnotationRow): unknown {
  if (row.parentId !== null) return iriOf({ groupSlug: row.groupSlug, id: row.parentId });
  const targets = [...row.passages.map(passageTarget), ...row.regions.map(regionTarget)];
  const [first = sectionIri(row.edition, row.section)] = targets;
  return targets.length > 1 ? targets : first;
}

function passageTarget({
  edition,
  section,
  exact,
  prefix,
  suffix,
  start,
  end,
}: AnnotationRow['passages'][number]): unknown {
  const source = sectionIri(edition, section);
  if (exact === null) return source;
  const quote = { type: 'TextQuoteSelector', exact, prefix: prefix ?? '', suffix: suffix ?? '' };
  const position = start === null ? [] : [{ type: 'TextPositionSelector', start, end: end ?? start }];
  return { type: 'SpecificResource', source, selector: [quote, ...position] };
}

/** A region on its canvas. Our own property names the image, because the canvas may get another one. */
function regionTarget({ edition, canvas, image, ...region }: AnnotationRow['regions'][number]): unknown {
  const imageProperty = image !== '' && { [`${SCHOLION_NS}image`]: imageIri(image) };
  return {
    type: 'SpecificResource',
    source: canvasIri(edition, canvas),
    selector: selectorOf(region),
    ...imageProperty,
  };
}
