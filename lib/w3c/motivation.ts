import type { Kind } from '@/lib/annotation/schema';

/** The W3C motivation nearest to each kind (Web Annotation Vocabulary §3.2). */
const MOTIVATIONS = {
  gloss: 'commenting',
  question: 'questioning',
  variant: 'editing',
  translation: 'describing',
  source: 'classifying',
  link: 'linking',
  highlight: 'highlighting',
} as const satisfies Record<Kind, string>;

/** The motivation of a gloss of `kind`. A reply's is `replying`. */
export function motivationOf(kind: Kind): string {
  return MOTIVATIONS[kind];
}

/** The term of a motivation or purpose that is given as a term, an IRI or an object; another IRI is returned unchanged. */
export function motivationName(motivation: string | { id: string }): string {
  const name = typeof motivation === 'string' ? motivation : motivation.id;
  return name.replace(/^(oa:|http:\/\/www\.w3\.org\/ns\/oa#)/, '');
}

/** The kind that the first known motivation means; `gloss` where none is known. */
export function kindOfMotivations(motivations: (string | { id: string })[]): Kind {
  const known = Object.entries(MOTIVATIONS) as [Kind, string][];
  for (const motivation of motivations) {
    const name = motivationName(motivation);
    const match = known.find(([, own]) => own === name);
    if (match) return match[0];
  }
  return 'gloss';
}
