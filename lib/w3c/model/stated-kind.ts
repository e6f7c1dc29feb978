import type { Kind } from '@/lib/annotation/schema';
import { kindOfMotivations } from '../motivation';
import type { IncomingAnnotation } from '../schema';
import { bodyTextOf } from './body-text';

/**
 * The kind that an annotation of another program has: the nearest to its motivation. One without a word marks a passage,
 * with tags or none, and is a highlight whatever its motivation.
 */
export function statedKindOf(annotation: IncomingAnnotation): Kind {
  if (bodyTextOf(annotation).body === '') return 'highlight';
  return kindOfMotivations([annotation.motivation ?? []].flat());
}
