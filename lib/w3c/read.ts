import { AppError } from '@/lib/kernel/errors';
import { fieldErrors } from '@/lib/kernel/field-errors';
import { type Incoming, incomingSchema } from './schema';

/**
 * Checks that `json` is a Web Annotation (W3C Web Annotation Data Model §3–4). Throws invalid with one entry per
 * fault, each at its JSON pointer (RFC 6901).
 */
export function readAnnotation(json: unknown): Incoming {
  const parsed = incomingSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new AppError('invalid', 'This is not an annotation that can be kept here.', {
    errors: fieldErrors(parsed.error, 'json'),
  });
}
