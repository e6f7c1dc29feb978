/** An object of JSON, whatever it holds. */
export type Json = Record<string, unknown>;

/** Whether a value of JSON is an object: no list, no null. */
export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
