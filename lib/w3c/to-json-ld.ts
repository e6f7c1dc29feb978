import { type AnnotationRow, iriOf } from '@/lib/annotation';
import { canvasIri, imageIri, selectorOf } from '@/lib/canvas';
import { config } from '@/lib/config';
import type { Json } from '@/lib/kernel/json';
import { bodyTextOf } from './model/body-text';
import { kindOfMotivations, motivationOf } from './motivation';
import { ANNO_CONTEXT, type IncomingAnnotation } from './schema';

/** Our own properties have absolute IRIs, so that the context stays the W3C's alone. */
export const SCHOLION_NS = 'urn:scholion:';

/** What staff made of an annotation; said where it is so. */
export const STATUS_FLAGS = ['locked', 'pinned', 'endorsed', 'resolved'] as const;

/** The IRI of a section as the source of passages (design.md, Public surface). */
export function sectionIri(edition: string, section: string): string {
  return `${config().address}/editions/${edition}/${section}`;
}

/** The IRI of a group's container, with its slash (Web Annotation Protocol §4.1). */
export function containerIri(groupSlug: string): string {
  return `${config().address}/groups/${groupSlug}/annotations/`;
}

/**
 * An annotation in JSON-LD (W3C Web Annotation Data Model §3). A passage is a SpecificResource with a quote and a
 * position selector, a part of a page image one of its canvas; several are several targets; a reply's target is what it answers. A tombstone has no body. What
 * came from elsewhere is given back as it came, in its order, but for what the server decides. Without its context
 * where it stands inside a page that has the same.
 */
export function toJsonLd(row: AnnotationRow, { embedded = false } = {}): Json {
  if (row.received === null) return ownJsonLd(row, embedded ? {} : { '@context': ANNO_CONTEXT });
  const kept: IncomingAnnotation = JSON.parse(row.received);
  const { '@context': context = ANNO_CONTEXT, ...said } = mergeReceived(kept, ownJsonLd(row), row);
  return { ...(!(embedded && context === ANNO_CONTEXT) && { '@context': context }), ...said };
}

/** What the row says, set one by one behind what is `said` already: spreading costs three times as much. */
function ownJsonLd(row: AnnotationRow, said: Json = {}): Json {
  said.id = iriOf(row);
  said.type = 'Annotation';
  said.motivation = row.parentId === null ? motivationOf(row.kind) : 'replying';
  said.creator = { id: personIri(row.authorId), type: 'Person', name: row.authorName };
  said.created = row.createdAt.toISOString();
  said.modified = row.modifiedAt.toISOString();
  said.generator = { id: config().address, type: 'Software', name: 'Scholion' };
  if (row.body !== '') said.body = bodiesOf(row);
  said.target = targetOf(row);
  said[`${SCHOLION_NS}kind`] = row.kind;
  said[`${SCHOLION_NS}visibility`] = row.visibility;
  said[`${SCHOLION_NS}state`] = row.state;
  if (row.reason !== null) said[`${SCHOLION_NS}reason`] = row.reason;
  for (const flag of STATUS_FLAGS) if (hasStatusFlag(row, flag)) said[SCHOLION_NS + flag] = true;
  return said;
}

/** A thread is locked at its root. */
function hasStatusFlag(row: AnnotationRow, flag: (typeof STATUS_FLAGS)[number]): boolean {
  return row[flag] && (flag !== 'locked' || row.parentId === null);
}

/** The IRI of who wrote something. */
export function personIri(id: string): string {
  return `${config().address}/people/${id}`;
}

/**
 * What came, with what the server decides in the places where it stood: id, created, modified, and our own
 * properties; and what has changed here since: the text, the tags, the kind, the place.
 */
function mergeReceived(kept: IncomingAnnotation, own: Json, row: AnnotationRow): Json {
  const { body, tags } = bodyTextOf(kept);
  const sameText = body === row.body && tags.join('\n') === row.tags.join('\n');
  const sameKind = row.parentId !== null || kindOfMotivations([kept.motivation ?? []].flat()) === row.kind;
  const answers = row.parentId !== null && typeof kept.target === 'string';
  const decided: Json = { ...own };
  // Left as they came, or left out as they came.
  if (sameText) delete decided.body;
  if (sameKind) delete decided.motivation;
  for (const name of ['type', 'creator', 'generator']) if (name in kept) delete decided[name];
  if ('target' in kept && !answers) delete decided.target;
  for (const name of ['created', 'modified']) {
    // The same moment in other words is left in those.
    const given = kept[name];
    if (typeof given === 'string' && Date.parse(given) === Date.parse(own[name] as string))
      delete decided[name];
  }
  const passed = ['reason', ...STATUS_FLAGS]
    .map((name) => `${SCHOLION_NS}${name}`)
    .filter((name) => !(name in own));
  if (!sameText) passed.push('bodyValue');
  const laid: Json = {};
  for (const [name, value] of Object.entries(kept)) {
    if (passed.includes(name)) continue;
    define(laid, name, Object.hasOwn(decided, name) ? decided[name] : value);
  }
  for (const [name, value] of Object.entries(decided)) if (!(name in laid)) define(laid, name, value);
  return laid;
}

/** Sets a property of any name, `__proto__` too: it is a name like others in JSON. */
function define(object: Json, name: string, value: unknown): void {
  Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
}

function bodiesOf(row: AnnotationRow): unknown {
  const text = { type: 'TextualBody', value: row.body, format: 'text/markdown', purpose: 'commenting' };
  const tags = row.tags.map((value) => ({ type: 'TextualBody', value, purpose: 'tagging' }));
  return tags.length > 0 ? [text, ...tags] : text;
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

/** A canvas may get another image: which one was looked at is said in a word of our own. */
function regionTarget({ edition, canvas, image, ...region }: AnnotationRow['regions'][number]): unknown {
  const seen = image !== '' && { [`${SCHOLION_NS}image`]: imageIri(image) };
  return {
    ...{ type: 'SpecificResource', source: canvasIri(edition, canvas), selector: selectorOf(region) },
    ...seen,
  };
}
