import { AppError } from '@/lib/kernel/errors';
import { faultsOf } from './model/faults';
import type { Incoming } from './schema';

/**
 * Checks that `json` is a Web Annotation (W3C Web Annotation Data Model §3–4), and gives it back untouched. Throws
 * invalid with one entry per fault, each at its JSON pointer (RFC 6901).
 */
export function readAnnotation(json: unknown): Incoming {
  const errors = faultsOf(json);
  if (errors.length === 0) return json as Incoming;
  throw new AppError('invalid', 'This is not an annotation that can be kept here.', { errors });
}
