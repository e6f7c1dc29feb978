import { z } from 'zod';
import { codePointLength, sliceCodePoints } from '@/lib/kernel/code-points';
import {
  findParagraph,
  type OrphanReason,
  resolveFragment,
  type SelectableSection,
  type TextRange,
} from './fragment-selector';
import { findQuote } from './passage';
import { parseCssSelector, parseXPath, type SelectedElement } from './xpath-css-selectors';

/** A selector as it is received (W3C Annotation Model §4.2); other properties are allowed and ignored. */
export const selectorSchema = z.looseObject({
  type: z.union([z.string(), z.array(z.string()).min(1)]),
  refinedBy: z.unknown().optional(),
});
export const selectorsSchema = z.union([selectorSchema, z.array(selectorSchema)]);

const quoteSchema = z.looseObject({
  exact: z.string(),
  prefix: z.string().nullish(),
  suffix: z.string().nullish(),
});
const offset = z.number().int().min(0);
const positionSchema = z.looseObject({ start: offset, end: offset });
const valueSchema = z.looseObject({ value: z.string(), conformsTo: z.string().nullish() });
const rangeSchema = z.looseObject({ startSelector: z.unknown(), endSelector: z.unknown() });

/** How deep selectors may be nested. */
const DEPTH = 8;

/**
 * A range, and how it was selected: by a quote, by offsets alone, or as an element of our page. `part` is somewhere in an
 * element, and only a quote can say where.
 */
type LocatedRange = TextRange & { by: 'quote' | 'position' | 'element' | 'part' };
type Outcome = LocatedRange | { orphaned: OrphanReason };

const isLocated = (outcome: Outcome): outcome is LocatedRange => !('orphaned' in outcome);
const contains = (outer: TextRange, inner: TextRange) => outer.start <= inner.start && inner.end <= outer.end;
const overlaps = (a: TextRange, b: TextRange) => a.start < b.end && b.start < a.end;

/**
 * The range of a section that the selectors of a target select, in code points; several selectors are alternatives for
 * one range (W3C Annotation Model §4). A quote overrides offsets that do not contain it; other selectors must not
 * contradict each other. In doubt nothing is selected, and `orphaned` says why.
 */
export function resolveSelectors(
  section: SelectableSection,
  selectors: unknown,
): TextRange | { orphaned: OrphanReason } {
  const whole: LocatedRange = { start: 0, end: codePointLength(section.text), by: 'element' };
  const outcome = resolveAll(section, whole, selectors, 0);
  if (!isLocated(outcome)) return outcome;
  if (outcome.by === 'part') return { orphaned: 'imprecise' };
  const { start, end } = outcome;
  return start < end ? { start, end } : { orphaned: 'empty' };
}

function resolveAll(
  section: SelectableSection,
  scope: LocatedRange,
  selectors: unknown,
  depth: number,
): Outcome {
  const alternatives = [selectors ?? []].flat();
  if (alternatives.length === 0) return { orphaned: 'no-selector' };
  if (depth > DEPTH) return { orphaned: 'malformed' };
  const parsed = alternatives.map((selector) => selectorSchema.safeParse(selector).data ?? null);
  const isQuote = (selector: (typeof parsed)[number]) => selector !== null && typeOf(selector.type) === QUOTE;
  const others = parsed
    .filter((selector) => !isQuote(selector))
    .map((selector): Outcome => {
      if (selector === null) return { orphaned: 'malformed' };
      const base = resolveSelector(section, scope, selector, depth);
      return refine(section, base, selector, depth);
    });
  const quotes = parsed.filter(isQuote).map((selector): Outcome => {
    const base = resolveQuote(section, scope, selector, others.filter(isLocated));
    return refine(section, base, selector, depth);
  });
  // Offsets beside a quote were used as the hint where to look for it; they need not agree with what was found.
  const witnesses = others
    .filter(isLocated)
    .filter((place) => quotes.length === 0 || place.by !== 'position');
  return agree(quotes.length > 0 ? quotes : others, witnesses);
}

const QUOTE = 'TextQuoteSelector';

/** The selector type among the types of a selector, which may have several. */
function typeOf(type: string | string[]): string {
  return [type].flat().find((name) => name.endsWith('Selector')) ?? '';
}

function isState(refinement: unknown): boolean {
  const { data } = selectorSchema.safeParse(refinement);
  return data !== undefined && [data.type].flat().some((name) => name.endsWith('State'));
}

function refine(
  section: SelectableSection,
  base: Outcome,
  selector: z.infer<typeof selectorSchema> | null,
  depth: number,
): Outcome {
  if (!isLocated(base) || selector?.refinedBy == null) return base;
  // A state selects a time, not a range (§4.3).
  const places = [selector.refinedBy].flat().filter((refinement) => !isState(refinement));
  return places.length === 0 ? base : resolveAll(section, base, places, depth + 1);
}

/** The narrowest of the ranges, if all others, and all witnesses, agree with it. */
function agree(outcomes: Outcome[], witnesses: LocatedRange[]): Outcome {
  const places = outcomes.filter(isLocated).sort((a, b) => a.end - a.start - (b.end - b.start));
  const [narrowest] = places;
  if (!narrowest) {
    const reasons = outcomes.flatMap((outcome) => (isLocated(outcome) ? [] : [outcome.orphaned]));
    return { orphaned: reasons.find((reason) => reason !== 'unknown-type') ?? 'unknown-type' };
  }
  const isQuoted = narrowest.by === 'quote';
  const agrees = (range: LocatedRange) =>
    contains(range, narrowest) || (isQuoted && range.by !== 'quote' && overlaps(range, narrowest));
  return [...places, ...witnesses].every(agrees) ? narrowest : { orphaned: 'contradiction' };
}

/** Looks for a quote at the offsets beside it, then in the whole scope, then in the elements beside it. */
function resolveQuote(
  section: SelectableSection,
  scope: LocatedRange,
  selector: unknown,
  others: LocatedRange[],
): Outcome {
  const { data } = quoteSchema.safeParse(selector);
  if (!data) return { orphaned: 'malformed' };
  const quote = { exact: data.exact, prefix: data.prefix ?? '', suffix: data.suffix ?? '' };
  const hints = others.filter(({ by }) => by === 'position').map(({ start }) => ({ start }));
  const elements = others.filter(({ by }) => by === 'element' || by === 'part');
  const attempts = [
    ...hints.map(({ start }) => ({ ...quote, start, within: scope })),
    { ...quote, within: scope },
    ...elements.filter((element) => contains(scope, element)).map((within) => ({ ...quote, within })),
  ];
  let orphaned: OrphanReason = 'absent';
  for (const attempt of attempts) {
    const found = findQuote(section.text, attempt);
    if (found.state === 'exact') return { start: found.start, end: found.end, by: 'quote' };
    if (found.why === 'ambiguous') orphaned = 'ambiguous';
  }
  return { orphaned };
}

function resolveSelector(
  section: SelectableSection,
  scope: LocatedRange,
  selector: z.infer<typeof selectorSchema>,
  depth: number,
): Outcome {
  switch (typeOf(selector.type)) {
    case 'TextPositionSelector': {
      const { data } = positionSchema.safeParse(selector);
      if (!data || data.start > data.end) return { orphaned: 'malformed' };
      return inside(scope, {
        start: scope.start + data.start,
        end: scope.start + data.end,
        by: 'position',
      });
    }
    case 'FragmentSelector': {
      const { data } = valueSchema.safeParse(selector);
      if (!data) return { orphaned: 'malformed' };
      const read = resolveFragment(section, scope, data.value);
      if ('orphaned' in read) return read;
      return inside(scope, { start: read.start, end: read.end, by: read.words ? 'position' : 'element' });
    }
    case 'XPathSelector':
      return resolvePath(section, scope, selector, parseXPath);
    case 'CssSelector':
      return resolvePath(section, scope, selector, parseCssSelector);
    case 'RangeSelector':
      return resolveRange(section, scope, selector, depth);
    default:
      return { orphaned: 'unknown-type' };
  }
}

/** Offsets in a part of an element are meaningless, since nothing says where the part begins. */
function inside(scope: LocatedRange, place: LocatedRange): Outcome {
  if (scope.by === 'part' && place.by === 'position') return { orphaned: 'imprecise' };
  return contains(scope, place) ? place : { orphaned: 'out-of-range' };
}

function resolvePath(
  section: SelectableSection,
  scope: LocatedRange,
  selector: unknown,
  read: (path: string) => SelectedElement,
): Outcome {
  const { data } = valueSchema.safeParse(selector);
  if (!data) return { orphaned: 'malformed' };
  const selected = read(data.value);
  if (!selected) return { orphaned: 'unknown-type' };
  const paragraph = findParagraph(section, selected.id);
  if (!paragraph) return { orphaned: 'no-such-paragraph' };
  const { start, end } = paragraph;
  return inside(scope, { start, end, by: selected.whole ? 'element' : 'part' });
}

/** From the beginning of one selector to the beginning of another (W3C Annotation Model §4.2.9). */
function resolveRange(
  section: SelectableSection,
  scope: LocatedRange,
  selector: unknown,
  depth: number,
): Outcome {
  const { data } = rangeSchema.safeParse(selector);
  if (!data?.startSelector || !data.endSelector) return { orphaned: 'malformed' };
  const from = resolveAll(section, scope, data.startSelector, depth + 1);
  const to = resolveAll(section, scope, data.endSelector, depth + 1);
  for (const point of [from, to]) {
    if (!isLocated(point)) return point;
    if (point.by === 'part') return { orphaned: 'imprecise' };
  }
  const [start, end] = [(from as LocatedRange).start, (to as LocatedRange).start];
  if (end <= start) return { orphaned: 'empty' };
  // A range up to a paragraph ends with the paragraph before it.
  const joint = sliceCodePoints(section.text, end - 1, end) === '\n' ? 1 : 0;
  const by = [from, to].every((point) => isLocated(point) && point.by === 'quote') ? 'quote' : 'position';
  return { start, end: end - joint, by };
}
