/** Values of annotations that the server checks and the browser shows. Pure, so that no schema comes into a page. */

/** What a gloss is for. */
export const KINDS = ['gloss', 'question', 'variant', 'translation', 'source', 'link', 'highlight'] as const;

/** Who may see an annotation, the fewest first. */
export const VISIBILITIES = ['private', 'staff', 'author', 'group'] as const;

/** Longest reading, citation, and address of one, in UTF-16 units. */
export const READING_LIMIT = 1_000;
export const CITATION_LIMIT = 2_000;
export const ADDRESS_LIMIT = 2_000;

/** That a note has nothing of what kinds ask for beside words. */
export const NO_PARTS = { reading: null, citation: null, citationAddress: null };

/** Longest body, in UTF-16 units. */
export const BODY_LIMIT = 50_000;
