/** The W3C Web Annotation model at the boundary: the only place that knows JSON-LD. */
export {
  type Collection,
  collectionIri,
  PAGE_SIZE,
  type PagePlace,
  toCollection,
  toPage,
} from './collection';
export { annotationId, kindFrom, originsOf, placesOf, renamed, saidOf, targetsOf } from './from-json-ld';
export { motivationOf } from './motivation';
export { keepOrigins } from './provenance';
export { readAnnotation } from './read';
export { ANNO_CONTEXT, ANNO_TYPE, type Incoming } from './schema';
export { containerOf, FLAGS, OURS, personIri, sourceOf, toJsonLd } from './to-json-ld';
export { TURTLE_TYPE, toTurtle, turtleWriter } from './turtle';
export { postAnnotation, putAnnotation } from './write';
