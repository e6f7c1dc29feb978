/** The W3C Web Annotation model at the boundary: the only place that knows JSON-LD. */
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
  annotationId,
  contentOf,
  externalTargetsOf,
  kindOfAnnotation,
  originsOf,
  targetsOf,
  withIdAsVia,
} from './from-json-ld';
export { motivationOf } from './motivation';
export { preserveVia } from './preserve-via';
export { postAnnotation, putAnnotation } from './protocol-writes';
export { ANNO_CONTEXT, ANNO_TYPE, type IncomingAnnotation } from './schema';
export { containerIri, personIri, SCHOLION_NS, STATUS_FLAGS, sectionIri, toJsonLd } from './to-json-ld';
export { TURTLE_TYPE, toTurtle, turtleWriter } from './turtle';
export { validateAnnotation } from './validate';
