import type { AnnotationRow, Change } from '@/lib/annotation';
import { type PassageRow, updatedPassage, updatedRegion } from '@/lib/target';
import type { PlacedRegion } from '@/lib/target/schema';

/** The change that sets fields of one passage of a gloss. */
export function passageSet({ passages }: AnnotationRow, position: number, set: Partial<PassageRow>): Change {
  const after = passages.map((passage, i) => (i === position ? { ...passage, ...set } : passage));
  return { fields: {}, parts: [updatedPassage(position, set)], after: { passages: after } };
}

/** The change that sets fields of one region of a gloss. */
export function regionSet({ regions }: AnnotationRow, position: number, set: Partial<PlacedRegion>): Change {
  const after = regions.map((region, i) => (i === position ? { ...region, ...set } : region));
  return { fields: {}, parts: [updatedRegion(position, set)], after: { regions: after } };
}
