/** IIIF: editions as manifests for any viewer, and external manifests and image services for editions. */

export { buildAnnotationPage } from './annotation-page';
export { attachManifest, attachService, importManifest } from './import-manifest';
export { buildManifest, PRESENTATION_TYPE } from './manifest';
