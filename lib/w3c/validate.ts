import { AppError } from '@/lib/kernel/errors';
import { requireBoundedMarkdown } from '@/lib/markdown/bounds';
import { convertHtml } from './convert-html';
import { bodyTextOf } from './model/body-text';
import { validationErrors } from './model/validation-errors';
import type { IncomingAnnotation } from './schema';

/**
 * Checks that `json` is a Web Annotation (W3C Web Annotation Data Model §3–4), and returns it unchanged. Throws
 * invalid with one entry per error, each with its JSON pointer (RFC 6901), and where its text is beyond the bounds of
 * `requireBoundedMarkdown`. HTML in it is converted in a thread, and known afterwards.
 */
export async function validateAnnotation(json: unknown): Promise<IncomingAnnotation> {
  const errors = validationErrors(json);
  if (errors.length === 0) {
    await convertHtml([json as IncomingAnnotation]);
    requireBoundedMarkdown(bodyTextOf(json as IncomingAnnotation).body);
    return json as IncomingAnnotation;
  }
  throw new AppError('invalid', 'This is not an annotation that can be kept here.', { errors });
}

/** Whether `json` is a Web Annotation by the model's rules alone: nothing is converted. */
export function isValidAnnotation(json: unknown): boolean {
  return validationErrors(json).length === 0;
}
