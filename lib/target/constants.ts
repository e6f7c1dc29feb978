/** Longest quote of a passage, in UTF-16 units. Apart, so that no schema comes into a page. */
export const QUOTE_LIMIT = 20_000;
