/** Anchors: passages are followed into a new revision, and a person decides on those that were found in doubt. */
export { listPendingAnchors } from './list-pending';
export {
  type AnchorMigrator,
  applyAnchors,
  createAnchorMigrator,
  scanAnchors,
  stageLateAnchors,
  stageSectionAnchors,
} from './migrate-anchors';
export { resolveAnchor } from './resolve-anchor';
export type { AnchoredPassage } from './store';
