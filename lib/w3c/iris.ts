import { config } from '@/lib/config';

/** The namespace of our own properties. They are written as absolute IRIs, so that the W3C's context suffices. */
export const SCHOLION_NS = 'urn:scholion:';

/** Our own property of an annotation on something elsewhere: the section here whose text that is. */
export const SECTION_PROPERTY = `${SCHOLION_NS}section`;

/** Our own property of a body that is what its kind asks of a gloss: `reading` or `citation`. */
export const PART_PROPERTY = `${SCHOLION_NS}part`;

/** The IRI of a section, the source of its passages. */
export function sectionIri(edition: string, section: string): string {
  return `${config().address}/editions/${edition}/${section}`;
}

/** The IRI of a group's container, with its slash (Web Annotation Protocol §4.1). */
export function containerIri(groupSlug: string): string {
  return `${config().address}/groups/${groupSlug}/annotations/`;
}

/** The IRI of an assignment, which is its page. */
export function assignmentIri(groupSlug: string, id: string): string {
  return `${config().address}/groups/${groupSlug}/assignments/${id}`;
}

/** The IRI of a person. */
export function personIri(id: string): string {
  return `${config().address}/people/${id}`;
}
