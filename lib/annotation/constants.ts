/** Values of annotations that the server checks and the browser shows. Pure, so that no schema comes into a page. */

/** What a gloss is for. */
export const KINDS = ['gloss', 'question', 'variant', 'translation', 'source', 'link', 'highlight'] as const;

/** Who may see an annotation, the fewest first. */
export const VISIBILITIES = ['private', 'staff', 'author', 'group'] as const;

/** Longest body, in UTF-16 units. */
export const BODY_LIMIT = 50_000;
