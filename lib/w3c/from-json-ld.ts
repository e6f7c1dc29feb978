import type { Foreign, NewGloss } from '@/lib/annotation/schema';
import { config } from '@/lib/config';
import { AppError } from '@/lib/kernel/errors';
import { kindOf } from './motivation';
import { type Incoming, quoteSelectorSchema } from './schema';

/** What an incoming annotation asks for: a gloss on a section, or a reply to an annotation. */
export type Meant =
  | { reply: false; gloss: Omit<NewGloss, 'visibility' | 'assignment'>; place: Foreign }
  | { reply: true; parent: string; body: string; tags: string[] };

/**
 * Reads a Web Annotation (W3C Web Annotation Data Model §3–4) as a gloss or a reply of ours. Throws invalid, with
 * the JSON pointer of the fault, where it has no text or where its target is not in one of our editions. Where in
 * the section it stands is for `createGloss` to find out: a valid annotation is kept even if nobody can tell.
 */
export function fromJsonLd(incoming: Incoming): Meant {
  const { body, tags } = textOf(incoming);
  if (!body) throw fault('/body', 'A note needs a textual body: bodyValue, or a TextualBody with a value.');
  const targets = [incoming.target].flat();
  if (targets.length > 1) throw fault('/target', 'This server takes one target in an annotation so far.');
  const target = targets[0] as (typeof targets)[number];
  const source = iriOf(target);
  const { address } = config();
  const [, parent] =
    new RegExp(`^${literal(address)}/(?:groups/[^/]+/)?annotations/([^/?#]+)$`).exec(source) ?? [];
  if (parent) return { reply: true, parent, body, tags };
  const [, edition, section] =
    new RegExp(`^${literal(address)}/editions/([^/?#]+)/([^/?#]+)`).exec(source) ?? [];
  if (!edition || !section) throw fault('/target', 'The target is not a section of an edition here.');
  const kind = kindOf([incoming.motivation ?? []].flat());
  return { reply: false, gloss: { edition, section, body, kind, tags }, place: placeOf(target, source) };
}

function textOf({ bodyValue, body }: Incoming): { body: string; tags: string[] } {
  const bodies = [body ?? []].flat().filter((part) => typeof part !== 'string');
  const values = (tagging: boolean) =>
    bodies
      .filter((part) => (part.purpose === 'tagging') === tagging && typeof part.value === 'string')
      .map((part) => part.value as string);
  return { body: bodyValue ?? values(false).join('\n\n'), tags: values(true) };
}

type Target = Exclude<Incoming['target'], unknown[]>;

function iriOf(target: Target): string {
  if (typeof target === 'string') return target;
  const named = 'source' in target ? target.source : target.id;
  if (typeof named === 'string') return named;
  return (named as { id: string }).id;
}

/** The selectors of a target; a fragment of its IRI is one too (W3C Web Annotation Data Model §3.2.3). */
function placeOf(target: Target, source: string): Foreign {
  const given = typeof target === 'object' && 'selector' in target ? target.selector : undefined;
  const selectors: unknown[] = [given ?? []].flat();
  const fragment = source.split('#')[1];
  if (selectors.length === 0 && fragment) {
    return { selectors: [{ type: 'FragmentSelector', value: decode(fragment) }], quote: null };
  }
  return { selectors, quote: quoteIn(selectors) };
}

/** The first quote among selectors and what refines them. */
function quoteIn(selectors: unknown[]): Foreign['quote'] {
  for (const selector of selectors) {
    const { data } = quoteSelectorSchema.safeParse(selector);
    if (data?.exact) return data;
    const refinement = (selector as { refinedBy?: unknown } | null)?.refinedBy;
    const inner = refinement ? quoteIn([refinement].flat()) : null;
    if (inner) return inner;
  }
  return null;
}

function decode(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}

function fault(pointer: string, detail: string): AppError {
  return new AppError('invalid', 'This is not an annotation that can be kept here.', {
    errors: [{ pointer, detail }],
  });
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
