import { isObject, type Json } from '@/lib/kernel/json';
import { ANNO_CONTEXT, SCHOLION_NS } from '@/lib/w3c';
import type { ImportSource } from './import-source';
import { externalIri, omitUndefined, portableSelectors, toArray, toUtc } from './third-party';

const NAMESPACE = 'urn:recogito:';
const UUID = /^#?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * The annotations in a Recogito file (recogito-js, text-annotator-js, Recogito Studio), each with its JSON pointer; null
 * where the file is another format. They are told by their ids, which are bare UUIDs and no IRIs.
 */
export function findRecogitoAnnotations(json: unknown): { annotation: Json; pointer: string }[] | null {
  const all = (Array.isArray(json) ? json : [json]).map((annotation, i) => ({
    annotation,
    pointer: Array.isArray(json) ? `/${i}` : '',
  }));
  const isRecogito = ({ id, target }: Json) =>
    typeof id === 'string' && UUID.test(id) && target !== undefined;
  const areAll = all.every(({ annotation }) => isObject(annotation));
  return areAll && all.some(({ annotation }) => isRecogito(annotation as Json))
    ? (all as { annotation: Json; pointer: string }[])
    : null;
}

/**
 * Recogito annotations as valid Web Annotations. A Recogito thread is the list of bodies of one annotation: the first
 * comment stays its body, the others become replies to it, in their order.
 */
export function fromRecogito(annotations: { annotation: Json; pointer: string }[]): ImportSource['items'] {
  return annotations.flatMap(({ annotation, pointer }) => itemsOf(annotation, pointer));
}

function itemsOf({ bodies, ...annotation }: Json, pointer: string): ImportSource['items'] {
  const id = externalIri(typeof annotation.id === 'string' ? annotation.id : pointer, NAMESPACE);
  const name = bodies === undefined ? 'body' : 'bodies';
  const all = toArray(bodies ?? annotation.body)
    .map((body, i) => ({
      body: body as Json,
      at: Array.isArray(bodies ?? annotation.body) ? `/${name}/${i}` : `/${name}`,
    }))
    .filter(({ body }) => isObject(body));
  const comments = all.filter(({ body }) => isComment(body));
  const [first] = comments;
  // If the first comment was deleted, only replies are left.
  const ownComment = first && first.body.purpose !== 'replying' ? first : null;
  const laterComments = comments.filter((comment) => comment !== ownComment);
  const { layer_id: _, '@context': context = ANNO_CONTEXT, visibility, body: __, ...rest } = annotation;
  const kept = all.filter((body) => !laterComments.includes(body)).map(({ body }) => bodyOf(body));
  const root = omitUndefined({
    '@context': context,
    ...rest,
    id,
    type: rest.type ?? 'Annotation',
    motivation: rest.motivation === undefined ? undefined : motivationsOf(rest.motivation),
    ...provenanceOf(annotation),
    body: kept.length > 0 ? kept : undefined,
    target: targetOf(annotation.target),
    [`${SCHOLION_NS}visibility`]: visibility === 'PRIVATE' ? 'private' : undefined,
  });
  const seen = new Set<string>();
  const replies = laterComments.map(({ body, at }, i) => {
    const { creator, created, modified, ...content } = bodyOf(body);
    const reply = omitUndefined({
      '@context': ANNO_CONTEXT,
      id: replyIri(id, body, i, seen),
      type: 'Annotation',
      motivation: 'replying',
      creator,
      created,
      modified,
      body: { ...content, id: undefined, purpose: 'replying' },
      target: id,
      [`${SCHOLION_NS}visibility`]: visibility === 'PRIVATE' ? 'private' : undefined,
    });
    return { pointer: pointer + at, annotation: { ...reply, body: omitUndefined(reply.body as Json) } };
  });
  return [{ pointer, annotation: root }, ...replies];
}

/** An IRI for a reply that is the same in the next export: from its own id, else from its time of creation. */
function replyIri(root: string, { id, created }: Json, i: number, seen: Set<string>): string {
  const name = typeof created === 'string' && created !== '' ? encodeURIComponent(created) : String(i + 1);
  const iri = typeof id === 'string' && id !== '' ? externalIri(id, NAMESPACE) : `${root}#${name}`;
  const unique = seen.has(iri) ? `${iri}-${i + 1}` : iri;
  seen.add(unique);
  return unique;
}

function isComment({ purpose, type, value }: Json): boolean {
  const isTextual = type === undefined || toArray(type).includes('TextualBody');
  const isFor = purpose === undefined || purpose === 'commenting' || purpose === 'replying';
  return isTextual && isFor && typeof value === 'string';
}

function bodyOf({ id, value, purpose, type, ...body }: Json): Json {
  const text = plainTextOf(value);
  return omitUndefined({
    ...body,
    id: typeof id === 'string' ? externalIri(id, NAMESPACE) : undefined,
    type: type ?? (text === undefined ? `${NAMESPACE}Body` : 'TextualBody'),
    value: text ?? value,
    format: text === value || text === undefined ? body.format : 'text/plain',
    purpose: purpose === undefined || purpose === null ? undefined : motivationsOf(purpose),
    ...provenanceOf(body),
  });
}

/** The plain text of a value: a string, a term's label, or the text of the editor's own format (Quill Delta). */
function plainTextOf(value: unknown): string | undefined {
  if (isObject(value)) return typeof value.label === 'string' ? value.label : JSON.stringify(value);
  if (typeof value !== 'string' || !/^\s*\{\s*"ops"/.test(value))
    return typeof value === 'string' ? value : undefined;
  try {
    const { ops } = JSON.parse(value) as { ops: { insert?: unknown }[] };
    return ops
      .map(({ insert }) => (typeof insert === 'string' ? insert : ''))
      .join('')
      .trim();
  } catch {
    return value;
  }
}

const TERMS =
  /^(assessing|bookmarking|classifying|commenting|describing|editing|highlighting|identifying|linking|moderating|questioning|replying|tagging)$/;

/** Motivations of the model unchanged, others as IRIs in the namespace (W3C Annotation Model §3.3.5). */
function motivationsOf(motivation: unknown): unknown {
  const toMotivation = (name: unknown) =>
    typeof name !== 'string' || TERMS.test(name) ? name : externalIri(name, NAMESPACE);
  return Array.isArray(motivation) ? motivation.map(toMotivation) : toMotivation(motivation);
}

function provenanceOf({ creator, created, modified, updated, updatedAt }: Json): Json {
  return {
    creator: creator === undefined || creator === null ? undefined : agentOf(creator),
    created: toUtc(created),
    modified: toUtc(modified ?? updated ?? updatedAt),
  };
}

function agentOf(agent: unknown): unknown {
  if (Array.isArray(agent)) return agent.map(agentOf);
  if (typeof agent === 'string')
    return /^[a-z][a-z0-9+.-]*:./i.test(agent) ? agent : { type: 'Person', name: agent };
  if (!isObject(agent)) return agent;
  const { id, name, displayName, type = 'Person', email } = agent;
  return omitUndefined({
    id: typeof id === 'string' && id !== '' ? externalIri(id, `${NAMESPACE}user:`) : undefined,
    type,
    name: name ?? displayName ?? undefined,
    email: typeof email === 'string' ? `mailto:${email.replace(/^mailto:/, '')}` : undefined,
  });
}

/** A target with IRIs; without a source, the annotated text gets an IRI in the namespace. */
function targetOf(target: unknown): unknown {
  if (Array.isArray(target)) return target.map(targetOf);
  if (typeof target === 'string') return externalIri(target, NAMESPACE);
  if (!isObject(target)) return target;
  const { annotation: _, id, source, selector, creator: __, created: ___, updated: ____, ...rest } = target;
  const iri = typeof id === 'string' ? externalIri(id, NAMESPACE) : undefined;
  if (selector === undefined && source === undefined) return omitUndefined({ id: iri, ...rest });
  const selectors = portableSelectors(toArray(selector), NAMESPACE);
  return omitUndefined({
    id: iri,
    type: 'SpecificResource',
    ...rest,
    source: typeof source === 'string' ? externalIri(source, NAMESPACE) : (source ?? `${NAMESPACE}text`),
    selector: selectors.length > 0 ? selectors : undefined,
  });
}
