const ISO =
  /^(\d{4})-(\d\d)(?:-(\d\d))?(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?)?\s*(Z|[+-]\d\d(?::?\d\d)?)?$/i;
/** Dates of mail and of browsers name their offset (RFC 5322 §3.3); without one, nobody knows the moment. */
const NAMED = /\b(GMT|UTC|Z)\b|[+-]\d{4}\b/;
/** Milliseconds since 1970 have been over this since 1973; smaller numbers may be anything. */
const LEAST_MILLISECONDS = 100_000_000_000;

/**
 * A time in UTC with "Z" (W3C Annotation Model §3.3.1), of an ISO 8601 time with any offset, of a time with a named
 * zone, or of milliseconds since 1970; its fraction of a second stays as it is written. A time without an offset is taken
 * as UTC, as Python and SQL write it. Undefined where `time` is no moment.
 */
export function toUtc(time: unknown): string | undefined {
  if (typeof time === 'number' && time >= LEAST_MILLISECONDS) return isoOf(time);
  if (typeof time !== 'string') return undefined;
  const parts = ISO.exec(time.trim());
  if (!parts) return NAMED.test(time) ? isoOf(Date.parse(time)) : undefined;
  const [, year, month, day = '01', hour = '00', minute = '00', second = '00', fraction, offset = 'Z'] =
    parts;
  const wall = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  // A day that the month does not have would become one of the next.
  if (Number.isNaN(wall) || new Date(wall).getUTCDate() !== Number(day)) return undefined;
  const moment = isoOf(wall - minutesOf(offset) * 60_000)?.slice(0, 19);
  return moment && `${moment}${fraction === undefined ? '' : `.${fraction}`}Z`;
}

/** The time in UTC, or the value as it is, for the validation to say that it is no time; undefined for none. */
export function timeOrAsGiven(time: unknown): unknown {
  return time === null ? undefined : (toUtc(time) ?? time);
}

function isoOf(milliseconds: number): string | undefined {
  const date = new Date(milliseconds);
  return Number.isNaN(date.getTime()) || date.getUTCFullYear() > 9999 ? undefined : date.toISOString();
}

/** Minutes of an offset east of UTC. */
function minutesOf(offset: string): number {
  const [, sign, hours = '0', minutes = '0'] = /^([+-])(\d\d):?(\d\d)?$/.exec(offset) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}
