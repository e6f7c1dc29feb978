import type { z } from 'zod';
import type { FieldError } from './errors';
import { jsonPointer } from './json-pointer';

/** Faults that are told of one request; who mends them is told the rest. */
const MOST_FAULTS = 100;

/** The faults that zod found, the first hundred: JSON pointers for a JSON body, names for parameters. */
export function fieldErrors(error: z.core.$ZodError, target: string): FieldError[] {
  return error.issues
    .slice(0, MOST_FAULTS)
    .flatMap((issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.slice(0, MOST_FAULTS).map((key) => ({
            pointer: pointerOf([...issue.path, key], target),
            detail: 'There is no such field here.',
          }))
        : fieldError(issue, target),
    )
    .slice(0, MOST_FAULTS);
}

function pointerOf(path: PropertyKey[], target: string): string {
  if (target !== 'json') return path.join('.');
  return path.length === 0 ? '/' : jsonPointer(path);
}

/** One of zod's issues as a sentence of ours, so that it can be said in every language. */
function fieldError(issue: z.core.$ZodIssue, target: string): FieldError {
  const pointer = pointerOf(issue.path, target);
  switch (issue.code) {
    case 'too_big':
      return { pointer, detail: 'This is more than {maximum}.', values: { maximum: Number(issue.maximum) } };
    case 'too_small':
      return { pointer, detail: 'This is less than {minimum}.', values: { minimum: Number(issue.minimum) } };
    case 'invalid_value':
      return {
        pointer,
        detail: 'This must be one of: {values}.',
        values: { values: issue.values.join(', ') },
      };
    case 'invalid_type':
      return {
        pointer,
        detail: 'This is missing, or not of the type {expected}.',
        values: { expected: issue.expected },
      };
    case 'invalid_format':
      return { pointer, detail: 'This is not in the form {format}.', values: { format: issue.format } };
    default:
      return { pointer, detail: issue.message };
  }
}
