/** Limits of a group that the server checks and forms show, in UTF-16 units. Pure, so that no schema comes into a page. */
export const NAME_LIMIT = 120;
export const DESCRIPTION_LIMIT = 2_000;
