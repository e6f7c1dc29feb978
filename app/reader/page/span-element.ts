import type { Rendition, Span } from '@/lib/edition/schema';

/** Elements that mean what the kind means (HTML §4.5, §4.7); all others are a span with the kind as its class. */
const ELEMENTS: Partial<Record<Span['kind'], string>> = {
  title: 'cite',
  journal: 'cite',
  emph: 'em',
  code: 'code',
  add: 'ins',
  del: 'del',
  abbr: 'abbr',
};

/** Elements that look as a rendition does; the first that a range has is its element. */
const RENDITIONS: [Rendition, string][] = [
  ['superscript', 'sup'],
  ['subscript', 'sub'],
  ['bold', 'b'],
  ['italic', 'i'],
  ['strikethrough', 's'],
  ['underline', 'u'],
];

/** Kinds that look like the text around them. */
const UNSEEN = new Set<Span['kind']>([
  'foreign',
  'ref',
  'quote',
  'seg',
  'block',
  'hi',
  'date',
  'bibl',
  'plain',
]);

/** The element and the classes of a range; a rendition is the class `r-bold` and so on. Without a class the span is no more than its text. */
export function spanElement({ kind, details }: Span): { name: string; className: string | null } {
  const rend = details.rend ?? [];
  const semantic = ELEMENTS[kind];
  const [look, name = 'span'] = RENDITIONS.find(([rendition]) => rend.includes(rendition)) ?? [];
  const classes = rend
    .filter((rendition) => semantic !== undefined || rendition !== look)
    .map((each) => `r-${each}`);
  if (semantic === undefined && !UNSEEN.has(kind)) classes.unshift(className(kind, details));
  return { name: semantic ?? name, className: classes.join(' ') || null };
}

/** Restored words look after why they are lost: broken off the stone, or left out by the mason (EpiDoc, supplied/@reason). */
function className(kind: Span['kind'], { element, reason }: Span['details']): string {
  if (kind === 'supplied')
    return reason === 'omitted' || reason === 'subaudible' ? 'restored omitted' : 'restored';
  if (kind === 'form') return `form form-${element ?? 'form'}`;
  if (kind === 'expansion') return element === 'expan' ? 'expan' : 'expansion';
  return kind;
}
