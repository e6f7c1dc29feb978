import type { AssignmentRecord } from '@/lib/assignment/schema';
import { isObject, type Json } from '@/lib/kernel/json';
import { decodeUri } from '@/lib/kernel/uri';
import { assignmentIri, SCHOLION_NS, sectionIri } from './iris';

/** Our own property of a collection with the assignments of its group; and of an annotation with the IRI of its own. */
export const ASSIGNMENTS_PROPERTY = `${SCHOLION_NS}assignments`;
export const ASSIGNMENT_PROPERTY = `${SCHOLION_NS}assignment`;

const DATES = ['opens', 'due', 'repliesDue', 'reveal', 'closes'] as const;
const WORDS = ['title', 'instructions', 'mode'] as const;
const FLAGS = ['premoderated', 'closed'] as const;
const name = (property: string) => SCHOLION_NS + property;

/** An assignment in JSON-LD. Its properties are absolute IRIs, so that the W3C's context suffices. */
export function assignmentToJson(slug: string, record: AssignmentRecord): Json {
  const { id, edition, sections, expected } = record;
  const json: Json = { id: assignmentIri(slug, id), type: name('Assignment') };
  for (const property of WORDS) json[name(property)] = record[property];
  json[name('edition')] = edition;
  json[name('section')] = sections.map((section) => ({ id: sectionIri(edition, section) }));
  for (const date of DATES) if (record[date] !== null) json[name(date)] = record[date];
  json[name('expectedGlosses')] = expected.glosses;
  json[name('expectedReplies')] = expected.replies;
  for (const flag of FLAGS) if (record[flag]) json[name(flag)] = true;
  return json;
}

/** What a file says of an assignment, to be checked by the schema of its record; null for what is none. */
export function assignmentFromJson(json: unknown): unknown {
  if (!isObject(json)) return null;
  const id = assignmentIdOf(json.id);
  const sections = [json[name('section')] ?? []].flat().flatMap((section) => {
    const iri = isObject(section) ? section.id : section;
    const last = typeof iri === 'string' ? /\/editions\/[^/]+\/([^/?#]+)$/.exec(iri)?.[1] : undefined;
    return last === undefined ? [] : (decodeUri(last) ?? last);
  });
  const given = [...WORDS, 'edition'].map((property) => [property, json[name(property)]]);
  return {
    id,
    sections,
    ...Object.fromEntries(given),
    ...Object.fromEntries(DATES.map((date) => [date, json[name(date)] ?? null])),
    ...Object.fromEntries(FLAGS.map((flag) => [flag, json[name(flag)] === true])),
    expected: { glosses: json[name('expectedGlosses')] ?? 0, replies: json[name('expectedReplies')] ?? 0 },
  };
}

/** The id of the assignment that an annotation names; null where it names none. */
export function statedAssignmentOf(annotation: Json): string | null {
  const stated = annotation[ASSIGNMENT_PROPERTY];
  return assignmentIdOf(isObject(stated) ? stated.id : stated);
}

function assignmentIdOf(iri: unknown): string | null {
  return typeof iri === 'string' ? (/\/groups\/[^/]+\/assignments\/([^/?#]+)$/.exec(iri)?.[1] ?? null) : null;
}
