/** Limits of canvases that the server checks and forms show, in UTF-16 units. Pure, so that no schema comes into a page. */
export const LABEL_LIMIT = 200;
export const PAGE_LIMIT = 50;

/** Media Fragments URI 1.0, which FragmentSelectors of regions conform to (W3C Web Annotation Data Model §4.2.1). */
export const MEDIA_FRAGMENTS = 'http://www.w3.org/TR/media-frags/';
