/** IIIF: editions as manifests for every viewer, and manifests and image services of others for editions. */

export { annotationPageOf } from './annotation-page';
export { attachManifest, attachService, importManifest } from './attach';
export { manifestOf, PRESENTATION_TYPE } from './manifest';
