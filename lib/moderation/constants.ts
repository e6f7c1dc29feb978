/** Why an annotation is flagged. Pure, so that no schema comes into a page. */
export const FLAG_REASONS = ['off-topic', 'offensive', 'personal-data', 'wrong', 'other'] as const;
