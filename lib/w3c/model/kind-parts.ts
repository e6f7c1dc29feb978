import type { KindParts } from '@/lib/annotation';
import { NO_PARTS } from '@/lib/annotation/constants';
import { citationSchema, type Kind, readingSchema } from '@/lib/annotation/schema';
import { isObject, type Json } from '@/lib/kernel/json';
import { PART_PROPERTY } from '../iris';
import type { IncomingAnnotation } from '../schema';

/** Whether a body is such a part, and which: our own property says so. */
export function partNameOf(body: unknown): 'reading' | 'citation' | null {
  const name = isObject(body) ? body[PART_PROPERTY] : null;
  return name === 'reading' || name === 'citation' ? name : null;
}

/**
 * The bodies of these parts (W3C Web Annotation Data Model §3.2): a reading has the purpose `editing`, a citation
 * `describing`, and its address is a resource with the purpose `linking`.
 */
export function partBodies({ reading, citation, citationAddress }: KindParts): Json[] {
  const text = (value: string, purpose: string, part: string) => ({
    ...{ type: 'TextualBody', value, purpose },
    [PART_PROPERTY]: part,
  });
  return [
    ...(reading === null ? [] : [text(reading, 'editing', 'reading')]),
    ...(citation === null ? [] : [text(citation, 'describing', 'citation')]),
    ...(citationAddress === null
      ? []
      : [
          {
            ...{ type: 'SpecificResource', source: citationAddress, purpose: 'linking' },
            [PART_PROPERTY]: 'citation',
          },
        ]),
  ];
}

/** The parts in the bodies of an annotation that are right for `kind`; what is not is left out. */
export function partsOf({ body }: IncomingAnnotation, kind: Kind): KindParts {
  const bodies = [body ?? []].flat().filter(isObject);
  const givenAs = (name: 'reading' | 'citation', property: 'value' | 'source') =>
    bodies.find((part) => partNameOf(part) === name && part[property] !== undefined)?.[property];
  if (kind === 'variant') {
    return { ...NO_PARTS, reading: readingSchema.safeParse(givenAs('reading', 'value')).data ?? null };
  }
  if (kind !== 'source') return NO_PARTS;
  const text = givenAs('citation', 'value');
  const address = givenAs('citation', 'source') ?? null;
  const cited = citationSchema.safeParse({ text, address }).data ?? citationSchema.safeParse({ text }).data;
  return { ...NO_PARTS, citation: cited?.text ?? null, citationAddress: cited?.address ?? null };
}
