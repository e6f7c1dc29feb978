/** The W3C Web Annotation model at the boundary: the only place that knows JSON-LD. */
export { PAGE_SIZE, toCollection, toPage } from './collection';
export { fromJsonLd } from './from-json-ld';
export { ANNO_CONTEXT, ANNO_TYPE, incomingSchema } from './schema';
export { containerOf, sourceOf, toJsonLd } from './to-json-ld';
