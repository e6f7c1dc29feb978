/** Anchoring: a passage is described by its quote, found again by it, and followed into another text. Pure. */

export { type AnchorCase, anchorCaseSchema, reanchorCases } from './dry-run';
export type { OrphanReason, SelectableSection } from './fragment-selector';
export { type DiffSegment, diffInline } from './inline-diff';
export { describePassage, findQuote, type Quote, type QuotedPassage, type QuoteMatch } from './passage';
export { type ReanchorResult, reanchor } from './reanchor';
export { resolveSelectors, selectorSchema, selectorsSchema } from './resolve-selectors';
export { diffTexts, type TextDiff } from './text-diff';
