/** IIIF: editions as manifests for every viewer, and manifests and image services of others for editions. */

export { buildAnnotationPage } from './annotation-page';
export { attachManifest, attachService, importManifest } from './import-manifest';
export { buildManifest, PRESENTATION_TYPE } from './manifest';
