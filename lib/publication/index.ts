/** Publication: a text is uploaded as the draft of an edition, previewed, and made its current revision. */
export { changeEdition, getEditionSettings } from './change-edition';
export { getDraft, previewPublication } from './preview';
export { type Progress, type Publication, publishDraft } from './publish';
export { discardDraft, type UploadOptions, uploadDraft, uploadNewEdition } from './upload';
