/** Annotations: glosses and replies, how they are written, changed and read. */

export { setAgreement } from './agreement';
export {
  countNotesNaming,
  eraseDeletedWords,
  eraseNotesOfPerson,
  moveAnnotationsOfPerson,
  withdrawNotesOfPerson,
} from './author/store';
export { importAnnotations, listKnownAnnotations, undoImportedAnnotations } from './bulk';
export {
  analyzeAnnotations,
  type ImportedAnnotation,
  type KnownAnnotation,
  selectTakenIds,
} from './bulk/store';
export type { CollectionPage } from './collection/store';
export { copyAnnotation } from './copy';
export { createExternalGloss, createGloss } from './create';
export { expandPage } from './expand-page';
export { getAnnotationJson, listAnnotationsJson } from './json/list-json';
export {
  actOnAnnotation,
  type Change,
  getForAction,
  type Modification,
  modifyAnnotation,
  requireAbility,
} from './modify';
export {
  describeAnnotations,
  listByAuthor,
  listGroupActivity,
  listLatest,
  listOpenQuestions,
  listOwn,
  listOwnOpenQuestions,
  listSectionNotes,
  listWithPassages,
  type PassageAnnotation,
  type SectionNotes,
  searchAnnotations,
} from './overview';
export { listParagraphNotes } from './overview/paragraph-notes';
export { listSessionSheet, type SheetEntry } from './overview/session-sheet';
export { getPageIndexJson } from './page-index/json';
export { factsOf, iriOf, presentAnnotation, presentAnnotations } from './present';
export {
  countAnnotations,
  getAnnotationRow,
  getHistory,
  listAnnotationRows,
  listAnnotations,
  listCollection,
  listCollectionRows,
  listOnCanvas,
  scanAnnotationRows,
  scanOwnRows,
} from './read';
export { insertReply } from './reply';
export { placedUnder, revisionsOfThread, splitOff } from './restructure';
export type { AnnotationRow, KindParts } from './store';
export { listTags, renameTags } from './tag';
export { deleteAnnotation, replaceAnnotation, updateAnnotation } from './update';
export { insertHiddenVersion, selectEarlierVersions, selectVersion } from './versions/store';
export { changeStates, type DecidedState } from './write/store';
