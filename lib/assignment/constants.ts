/** Values of assignments that the server checks and the browser shows. Pure, so that no schema comes into a page. */

/** Who sees what others wrote for an assignment, and when (design.md, "Who sees a note"). */
export const MODES = ['open', 'post-first', 'blind-until', 'staff-only', 'private'] as const;
export type Mode = (typeof MODES)[number];

/** Longest title, instructions, and comment on a grade, in UTF-16 units. */
export const TITLE_LIMIT = 200;
export const INSTRUCTIONS_LIMIT = 20_000;
export const COMMENT_LIMIT = 5_000;
/** Longest reason for more time, and longest grade, in UTF-16 units. */
export const REQUEST_LIMIT = 1_000;
export const GRADE_LIMIT = 20;

/** Assignments of a group, at most. */
export const MOST_ASSIGNMENTS = 200;
