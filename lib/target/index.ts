/** Targets: the passages and regions that glosses are on, found in the current texts and images, and stored. */
export { isPending, isUnanchored } from './anchor-state';
export { resolveExternalTargets } from './resolve-external-targets';
export { resolveOwnTargets, resolveRegion } from './resolve-own-targets';
export { lockRevisions, type ResolvedTargets } from './resolved-targets';
export {
  copyTargets,
  deleteTargets,
  hasPassage,
  hasRegion,
  insertedTargets,
  insertionsOf,
  insertManyTargets,
  moveToStaged,
  type PassageRow,
  PENDING,
  passagesOfA,
  regionsOfA,
  type Targets,
  threadHasRegionOn,
  threadReaches,
  updatedPassage,
  updatedRegion,
} from './store';
