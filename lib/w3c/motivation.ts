import type { Kind } from '@/lib/annotation/schema';

/** Kinds as W3C motivations (Web Annotation Vocabulary §3.2): the nearest of the thirteen. */
const MOTIVATIONS = {
  gloss: 'commenting',
  question: 'questioning',
  variant: 'editing',
  translation: 'describing',
  source: 'classifying',
  link: 'linking',
} as const satisfies Record<Kind, string>;

/** The motivation of a gloss of `kind`. A reply's is `replying`. */
export function motivationOf(kind: Kind): string {
  return MOTIVATIONS[kind];
}

/** The kind that the first known motivation means, given as a term, an IRI or an object; `gloss` where none is known. */
export function kindOf(motivations: (string | { id: string })[]): Kind {
  const known = Object.entries(MOTIVATIONS) as [Kind, string][];
  for (const motivation of motivations) {
    const given = typeof motivation === 'string' ? motivation : motivation.id;
    const name = given.replace(/^(oa:|http:\/\/www\.w3\.org\/ns\/oa#)/, '');
    const match = known.find(([, own]) => own === name);
    if (match) return match[0];
  }
  return 'gloss';
}
