/** Annotations: glosses and replies, how they are written, changed and read. */

export {
  type Alteration,
  alter,
  changeAnnotation,
  deleteAnnotation,
  lockForAction,
  replaceAnnotation,
} from './change';
export type { Contained } from './container/store';
export { createForeignGloss, createGloss, insertReply } from './create';
export {
  type ImportedNote,
  insertImported,
  type Known,
  removeImported,
  selectKnown,
  selectTaken,
} from './imported/store';
export { renderMarkdown } from './markdown';
export { outlineOf } from './outline/read';
export { holdPlacing, type Placing, placeForeign } from './placing';
export { iriOf } from './present';
export { publishDraft, rehearseDraft, takeDraft } from './publish';
export {
  countAnnotations,
  getAnnotation,
  getRow,
  historyOf,
  listAnnotations,
  listContained,
  listOnCanvas,
  listRows,
  readContained,
  recentAnnotations,
  scanRows,
} from './read';
export { reanchorSection } from './reanchor';
export { listWaiting, settleAnchor } from './settle';
export type { Passage, Row } from './store';
