/** Where a passage is: described by its quote, found by it, and followed from one revision to the next. Pure. */
export { compareTexts, type Difference } from './difference';
export type { Orphaned, Selectable } from './fragment';
export { type Change, markDifference } from './marked';
export { describePassage, type Found, findQuote, type Passage, type Quote } from './passage';
export { type Place, reanchor } from './reanchor';
export { type AnchorCase, anchorCaseSchema, reanchorCases } from './rehearse';
export { resolveSelectors, selectorSchema, selectorsSchema } from './selectors';
