import { findSectionOfId, hrefTo } from '@/lib/edition/citation';
import { sectionName } from '@/lib/edition/contents';
import { directionOf } from '@/lib/edition/direction';
import type { NestedNode } from '@/lib/edition/nest-spans';
import type { Span } from '@/lib/edition/schema';
import type { Steps } from '@/lib/kernel/steps';
import { correctionSentence, markSentence } from './apparatus-sentences';
import { element, type Html, join, joinAll, text } from './element-html';
import { pointHtml } from './point-html';
import { hasReadings, type InlineContext, type TextContext } from './render-context';
import { spanElement } from './span-element';

type SpanNode = Extract<NestedNode, { type: 'span' }>;
type CorrectionNode = Extract<NestedNode, { type: 'correction' }>;

/**
 * A paragraph's text as nested elements. Outside `data-apparatus` it is exactly the canonical text, because nodes only
 * add elements around it.
 */
export function* inlineHtml(around: InlineContext, nodes: NestedNode[]): Steps<Html> {
  const pieces: Html[] = [];
  for (const node of nodes) {
    if (around.context.isTurn()) yield;
    if (node.type === 'text') pieces.push(text(node.text));
    else if (node.type === 'span') pieces.push(yield* spanHtml(around, node));
    else if (node.type === 'correction') pieces.push(yield* correctionHtml(around, node));
    else pieces.push(pointHtml(around, node));
  }
  return joinAll(pieces);
}

function* spanHtml(around: InlineContext, node: SpanNode): Steps<Html> {
  const { span, first, last } = node;
  const { context } = around;
  const { name, className } = spanElement(span);
  const language = span.language ?? around.language;
  const direction = directionOf(language);
  const href = around.isInLink ? null : linkOf(context, span);
  // A link holds no other link (HTML §4.5.1): where there are some, it stands behind the words.
  const isWholeLink = href !== null && !node.children.some(holdsLink);
  const hasParallels = href === null && !around.isInLink && span.targets.length > 0;
  const inner = yield* inlineHtml(
    { ...around, language, direction, isInLink: around.isInLink || isWholeLink },
    node.children,
  );
  const attributes = {
    // An aligned paragraph has its id on its own element.
    id: first && span.kind !== 'block' ? span.id : null,
    lang: language === around.language ? null : language,
    // The attribute isolates the run too (HTML §15.3.6), so that its neighbours stay in their order.
    dir: direction === around.direction ? null : direction,
    title: markSentence(context.t, span),
    class: [className, hasParallels && 'passage'].filter(Boolean).join(' ') || null,
  };
  const isPlain = name === 'span' && Object.values(attributes).every((value) => value === null);
  const shown = join(inner, last && !around.isInLink && readingsMark(context, span));
  if (isWholeLink) {
    const words = name === 'span' ? shown : element(name, { class: className }, shown);
    return element('a', { ...attributes, href, rel: isExternal(href) ? 'external' : null }, words);
  }
  return join(
    isPlain ? shown : element(name, attributes, shown),
    last && href !== null && referenceMark(context, href),
    ...(last && hasParallels ? span.targets.map((target) => parallelHtml(context, target)) : []),
  );
}

/** The address that the words of a range link to: of a reference, or of an authority's record on the web. */
function linkOf({ edition, page }: TextContext, { kind, targets, details }: Span): string | null {
  const [target = details.url ?? ''] = targets;
  return kind === 'ref' || isExternal(target) ? hrefTo(edition, page, target) : null;
}

function isExternal(address: string): boolean {
  return /^https?:/.test(address);
}

function holdsLink(node: NestedNode): boolean {
  if (node.type === 'text' || node.type === 'page') return false;
  if (node.type === 'span')
    return node.span.targets.length > 0 || hasReadings(node.span) || node.children.some(holdsLink);
  return node.type !== 'point' || node.span.kind === 'graphic' || hasReadings(node.span);
}

/** A link behind words that hold links of their own. */
function referenceMark({ t }: TextContext, href: string): Html {
  const attributes = { class: 'aligned', href, 'aria-label': t('linkTo'), 'data-apparatus': true };
  return element('a', attributes, text('↗'));
}

/** A link to the parallel passage in another language. */
function parallelHtml({ edition, page, t }: TextContext, target: string): Html | null {
  const href = hrefTo(edition, page, target);
  if (href === null) return null;
  const section = findSectionOfId(target, edition.sections)?.title ?? '';
  const title = t('alignedQuote', { title: sectionName(section, edition, t('section')) });
  return element(
    'a',
    { class: 'aligned', href, 'aria-label': title, title, 'data-apparatus': true },
    text('‖'),
  );
}

/** A link to the other readings, for the keyboard and for readers of a screen reader; visible only with the focus. */
function readingsMark({ entryIds, t }: TextContext, span: Span): Html | null {
  const entry = entryIds.get(span);
  return entry === undefined
    ? null
    : markHtml(entry, t('variants', { count: span.details.readings?.length ?? 0 }));
}

function markHtml(entry: string, description: string): Html {
  return element('a', { class: 'mark', href: `#${entry}`, 'data-apparatus': true }, text(description));
}

function* correctionHtml(around: InlineContext, { correction, last, children }: CorrectionNode): Steps<Html> {
  const { context } = around;
  const description = correctionSentence(context.t, correction);
  const inner = yield* inlineHtml(around, children);
  const mark = last && !around.isInLink && markHtml(context.entryIds.get(correction) ?? '', description);
  if (correction.kind === 'note')
    return join(element('span', { class: 'doubt', title: description }, inner), mark);
  return element(
    'span',
    { class: `choice ${correction.kind}`, title: description },
    element('span', { class: 'sic' }, inner),
    last && element('span', { class: 'corr', 'data-apparatus': true }, text(correction.corrected)),
    mark,
  );
}
