import { MOST_ASSIGNMENTS } from '@/lib/assignment/constants';
import { AppError } from '@/lib/kernel/errors';
import { isObject, type Json } from '@/lib/kernel/json';
import { ASSIGNMENTS_PROPERTY, assignmentFromJson, isValidAnnotation } from '@/lib/w3c';
import { ANNO_CONTEXT } from '@/lib/w3c/schema';
import { type FoundAnnotation, findAnnotations, inContext } from './find-annotations';
import { findHypothesisRows, fromHypothesis } from './hypothesis';
import type { ImportSource } from './import-source';
import { type FileIris, fileIrisOf, mendAnnotation } from './mend-annotation';
import { withoutBylines, withRegionsJoined } from './own-iiif-page';
import type { ParsedUpload } from './parse-upload';
import { hasAnswers, splitThread } from './split-thread';
import { isBareUuid, toArray } from './third-party';

/**
 * Finds the annotations in the JSON of a file. A valid Web Annotation is taken unchanged, wherever in lists, pages and
 * collections it is (W3C Annotation Model §5, IIIF Presentation API 3 §5.5); that of another program is converted into
 * one, and a thread that it keeps as bodies into replies. Validation is left to `validateAnnotation`. Throws invalid
 * where there are no annotations.
 */
export function detectFormat(json: unknown): ImportSource {
  const hypothesis = findHypothesisRows(json);
  if (hypothesis) {
    const { rows, remarks } = hypothesis;
    return { format: 'hypothesis', items: fromHypothesis(rows), remarks, assignments: [] };
  }
  const found = findAnnotations(json);
  if (!found) {
    throw new AppError(
      'invalid',
      'No annotations here: a file may be JSON-LD of the W3C, or JSON of Hypothesis or Recogito.',
    );
  }
  const annotations = withRegionsJoined(found.annotations);
  const iris = fileIrisOf(annotations);
  const format = annotations.some(({ annotation }) => isOfRecogito(annotation)) ? 'recogito' : 'w3c';
  const items = annotations.flatMap((one) => itemsOf(one, iris));
  return { format, items, remarks: found.remarks, assignments: assignmentsIn(json) };
}

/** Characters of an assignment of a file, at most. */
const LONGEST_ASSIGNMENT = 100_000;

/** What a collection that Scholion exported says of the assignments of its group. */
function assignmentsIn(json: unknown): unknown[] {
  const stated = isObject(json) ? [json[ASSIGNMENTS_PROPERTY] ?? []].flat() : [];
  return stated
    .slice(0, MOST_ASSIGNMENTS)
    .filter((assignment) => JSON.stringify(assignment).length <= LONGEST_ASSIGNMENT)
    .map(assignmentFromJson);
}

/** As `detectFormat`, of a file whose lines may be broken: those are items of their own, and each item of a line has its number. */
export function detectLines({ json, lines, brokenLines }: ParsedUpload): ImportSource {
  const source = detectFormat(json);
  if (lines === null || brokenLines.length === 0) return source;
  const numbered = source.items.map(({ pointer, ...item }) => {
    const [, at, rest = ''] = /^\/(\d+)(.*)$/.exec(pointer) ?? [];
    return {
      ...item,
      pointer: at === undefined ? pointer : `line ${lines[Number(at)]}${rest && ` ${rest}`}`,
    };
  });
  const broken = brokenLines.map((brokenLine) => ({
    ...{ pointer: `line ${brokenLine}`, annotation: {}, brokenLine },
  }));
  return { ...source, items: [...numbered, ...broken] };
}

function itemsOf(found: FoundAnnotation, iris: FileIris): ImportSource['items'] {
  const { pointer } = found;
  const annotation = inContext(found);
  if (!isObject(annotation)) return [{ pointer, annotation: annotation as object }];
  const isValid = isValidAnnotation(
    '@context' in annotation ? annotation : { '@context': ANNO_CONTEXT, ...annotation },
  );
  if (isValid) {
    if (!hasAnswers(annotation)) return [{ pointer, annotation }];
    return splitThread(withoutBylines(annotation), pointer, { name: 'body', all: false });
  }
  // What is nothing like an annotation stays as it is, for the refusal to say what is wrong.
  if (annotation.target === undefined) return [{ pointer, annotation }];
  const name = annotation.bodies === undefined ? 'body' : 'bodies';
  const mended = mendAnnotation(annotation, pointer, iris);
  return splitThread(mended, pointer, { name, all: isOfRecogito(annotation) || isThread(mended) });
}

/** Whether an annotation has the form of the Recogito family: a bare UUID for an id, or `bodies`. */
function isOfRecogito(annotation: unknown): boolean {
  if (!isObject(annotation) || annotation.target === undefined) return false;
  return (isBareUuid(annotation.id) && !isOfMirador(annotation)) || Array.isArray(annotation.bodies);
}

/** mirador-annotations has one body, without a purpose, on a canvas. */
function isOfMirador({ body, motivation, '@context': context }: Json): boolean {
  return context === undefined && motivation === 'commenting' && !Array.isArray(body);
}

/** Whether the bodies say each who wrote them or when: then they are posts, and no parts of one. */
function isThread({ body }: Json): boolean {
  const comments = toArray(body).filter(
    (one): one is Json => isObject(one) && toArray(one.purpose).includes('commenting'),
  );
  return (
    comments.length > 1 && comments.every(({ creator, created, modified }) => creator ?? created ?? modified)
  );
}
