import { isObject, type Json } from '@/lib/kernel/json';
import { ANNO_CONTEXT, SCHOLION_NS } from '@/lib/w3c';
import { fromAnnotoriousSelector } from './annotorious-selectors';
import { mendBody } from './mend-body';
import { agentsAndTimesOf, isAbsent, motivationsOf, NAMESPACE } from './mend-members';
import { annotationIri, externalIri, omitUndefined, portableSelectors, toArray } from './third-party';

/** The IRIs of the annotations of a file by their ids in it. */
export type FileIris = ReadonlyMap<unknown, string>;

export function fileIrisOf(annotations: { annotation: unknown; pointer: string }[]): FileIris {
  return new Map(
    annotations.flatMap(({ annotation, pointer }) =>
      isObject(annotation) && (typeof annotation.id === 'string' || typeof annotation.id === 'number')
        ? [[annotation.id, annotationIri(annotation, pointer, NAMESPACE)] as const]
        : [],
    ),
  );
}

/**
 * An annotation of another program (recogito-js, text-annotator, Annotorious, Recogito 2 and Studio, mirador-annotations,
 * Hypothesis's JSON-LD) as the model wants it (W3C Annotation Model §3): IRIs, UTC, agents, selectors. What is valid
 * already, or not known, stays as it is.
 */
export function mendAnnotation(given: Json, pointer: string, iris: FileIris): Json {
  const { bodies, '@context': context = ANNO_CONTEXT, visibility, ...annotation } = given;
  const listed = bodies ?? annotation.body;
  const mended = toArray(listed).flatMap(mendBody);
  const mend: Json = {
    '@context': context,
    ...annotation,
    id: iris.get(annotation.id) ?? annotationIri(annotation, pointer, NAMESPACE),
    type: annotation.type ?? 'Annotation',
    motivation: isAbsent(annotation.motivation) ? undefined : motivationsOf(annotation.motivation),
    ...agentsAndTimesOf(annotation),
    body:
      mended.length === 0 ? undefined : mended.length === 1 && !Array.isArray(listed) ? mended[0] : mended,
    target: mendTarget(annotation.target, iris),
  };
  if (visibility === 'PRIVATE') mend[`${SCHOLION_NS}visibility`] = 'private';
  else if (visibility !== undefined) mend.visibility = visibility;
  return omitUndefined(mend);
}

/** A target with IRIs; without a source, the annotated text gets an IRI in the namespace. */
function mendTarget(target: unknown, iris: FileIris): unknown {
  if (Array.isArray(target)) return target.map((one) => mendTarget(one, iris));
  if (typeof target === 'string') return iris.get(target) ?? externalIri(target, NAMESPACE);
  if (!isObject(target)) return target;
  const { id, source, selector, ...rest } = target;
  const iri = typeof id === 'string' ? (iris.get(id) ?? externalIri(id, NAMESPACE)) : undefined;
  const whole = { ...rest, ...agentsAndTimesOf(target) };
  if (isAbsent(selector) && isAbsent(source)) return omitUndefined({ id: iri, ...whole });
  const all = toArray(selector).flatMap((one) => (isObject(one) ? fromAnnotoriousSelector(one) : []));
  const selectors = portableSelectors(all, NAMESPACE);
  // mirador-annotations names the canvas by `id`, where a selector is on it.
  const isOfId = isAbsent(source) && iri !== undefined && !isBareTarget(target);
  return omitUndefined({
    id: isOfId ? undefined : iri,
    type: 'SpecificResource',
    ...whole,
    source: isOfId ? iri : sourceOf(source),
    selector:
      selectors.length === 0
        ? undefined
        : selectors.length === 1 && !Array.isArray(selector)
          ? selectors[0]
          : selectors,
  });
}

/** Whether the id of a target is its own, and not that of what it is in: text-annotator gives each a UUID. */
function isBareTarget({ id }: Json): boolean {
  return typeof id === 'string' && !/^[a-z][a-z0-9+.-]*:./i.test(id);
}

function sourceOf(source: unknown): unknown {
  if (typeof source === 'string' && source.trim() !== '') return externalIri(source, NAMESPACE);
  return isObject(source) ? source : `${NAMESPACE}text`;
}
