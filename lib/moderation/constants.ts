/** Why an annotation is flagged. Pure, so that no schema comes into a page. */
export const FLAG_REASONS = ['off-topic', 'offensive', 'personal-data', 'wrong', 'other'] as const;

/** Longest reason of a decision, and longest text of a flag, in UTF-16 units. */
export const REASON_LIMIT = 2_000;
