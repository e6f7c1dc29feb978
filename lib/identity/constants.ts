/** Limits of accounts that the server checks and forms show, in UTF-16 units. Pure, so that no schema comes into a page. */
export const PERSON_NAME_LIMIT = 120;
export const TOKEN_NAME_LIMIT = 120;
export const PASSWORD_MIN = 8;
export const PASSWORD_MAX = 200;

/** The cookie that names the group of which somebody of its staff looks as a student. */
export const SEE_AS_STUDENT = 'see-as-student';
