/** The W3C Web Annotation model at the boundary: the only place that knows JSON-LD. */
export {
  ASSIGNMENT_PROPERTY,
  ASSIGNMENTS_PROPERTY,
  assignmentFromJson,
  assignmentToJson,
  statedAssignmentOf,
} from './assignments';
export {
  type Collection,
  collectionIri,
  PAGE_SIZE,
  type PagePosition,
  toCollection,
  toPage,
} from './collection';
export { convertHtml, convertHtmlOfRows } from './convert-html';
export {
  type AnnotationTarget,
  annotationId,
  contentOf,
  externalTargetsOf,
  kindOfAnnotation,
  originsOf,
  statedSectionOf,
  targetsOf,
  withIdAsVia,
} from './from-json-ld';
export { containerIri, personIri, SCHOLION_NS, SECTION_PROPERTY, sectionIri } from './iris';
export { createdOf, modifiedOf, statedOf } from './model/provenance';
export { motivationOf } from './motivation';
export { preserveVia } from './preserve-via';
export { postAnnotation, putAnnotation } from './protocol-writes';
export { ANNO_CONTEXT, ANNO_TYPE, type IncomingAnnotation } from './schema';
export { STATUS_FLAGS, toJsonLd } from './to-json-ld';
export { TURTLE_TYPE, toTurtle, turtleWriter } from './turtle';
export { isValidAnnotation, validateAnnotation } from './validate';
