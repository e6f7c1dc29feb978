/** Annotations: glosses and replies, how they are written, changed and read. */

export {
  analyzeAnnotations,
  type ImportedAnnotation,
  insertImportedAnnotations,
  type KnownAnnotation,
  removeImportedAnnotations,
  selectKnownAnnotations,
  selectTakenIds,
} from './bulk/store';
export type { CollectionPage } from './collection/store';
export { createExternalGloss, createGloss, insertReply } from './create';
export { anchorMigration } from './migrate-anchors';
export { getPageIndex } from './page-index/read';
export { iriOf } from './present';
export { previewPublication, publishDraft, uploadDraft } from './publish-draft';
export {
  countAnnotations,
  getAnnotation,
  getAnnotationRow,
  getHistory,
  listAnnotationRows,
  listAnnotations,
  listCollection,
  listCollectionRows,
  listOnCanvas,
  recentAnnotations,
  scanAnnotationRows,
} from './read';
export { listPendingAnchors, resolveAnchor } from './resolve-anchor';
export { lockRevisions, type ResolvedTargets, resolveExternalTargets } from './resolve-targets';
export type { AnnotationRow, PassageRow } from './store';
export {
  deleteAnnotation,
  lockForAction,
  type Modification,
  modifyAnnotation,
  replaceAnnotation,
  updateAnnotation,
} from './update';
