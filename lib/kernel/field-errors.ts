import type { z } from 'zod';
import type { FieldError } from './errors';
import { jsonPointer } from './json-pointer';

/** Errors in one answer, at most. */
const ERROR_LIMIT = 100;

/** The first hundred issues that zod found, with JSON pointers for a JSON body and names for parameters. */
export function fieldErrors(error: z.core.$ZodError, target: string): FieldError[] {
  return error.issues
    .slice(0, ERROR_LIMIT)
    .flatMap((issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.slice(0, ERROR_LIMIT).map((key) => ({
            pointer: pointerOf([...issue.path, key], target),
            detail: 'There is no such field here.',
          }))
        : fieldError(issue, target),
    )
    .slice(0, ERROR_LIMIT);
}

function pointerOf(path: PropertyKey[], target: string): string {
  if (target !== 'json') return path.join('.');
  return path.length === 0 ? '/' : jsonPointer(path);
}

/** An issue of zod as one of our sentences, so that it can be translated. */
function fieldError(issue: z.core.$ZodIssue, target: string): FieldError {
  const pointer = pointerOf(issue.path, target);
  switch (issue.code) {
    case 'too_big':
      return { pointer, detail: excess(issue.origin), values: { maximum: Number(issue.maximum) } };
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

function excess(origin: string): string {
  if (origin === 'string') return 'This is too long: {maximum} characters at most.';
  if (origin === 'array') return 'There are too many: {maximum} at most.';
  return 'This is more than {maximum}.';
}
