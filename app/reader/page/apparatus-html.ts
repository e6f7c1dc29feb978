import type { Correction, Paragraph, Reading, Section, Span } from '@/lib/edition/schema';
import { runInTurns, type Steps } from '@/lib/kernel/steps';
import { element, type Html, join, joinAll, text } from './element-html';
import { hasReadings, type TextContext } from './render-context';

/** A lemma that is longer than this, in code points, is given by its first and last word. */
const LONG_LEMMA = 1_000;

/**
 * The lists below the text, for readers who cannot hover over the words: other readings, corrections and doubts.
 * `giveTurn` (`createPacer`) is awaited every few entries.
 */
export function apparatusHtml(
  context: TextContext,
  sections: Section[],
  giveTurn: () => Promise<void>,
): Promise<Html> {
  return runInTurns(apparatusInSteps(context, sections), giveTurn);
}

function* apparatusInSteps(context: TextContext, sections: Section[]): Steps<Html> {
  return join(yield* variantsHtml(context, sections), yield* correctionsHtml(context, sections));
}

function* variantsHtml(context: TextContext, sections: Section[]): Steps<Html | null> {
  const { t } = context;
  const entries: Html[] = [];
  for (const section of sections) {
    const placeOf = placeFinder(context, section);
    const spans = section.spans.filter(hasReadings);
    // Once for all: an offset in the text itself is counted from its beginning.
    const codePoints = spans.length > 0 ? [...section.text] : [];
    for (const span of spans) {
      if (context.isTurn()) yield;
      entries.push(variantHtml(context, section, codePoints, span, placeOf));
    }
  }
  if (entries.length === 0) return null;
  return listing('variants', t('apparatus'), [
    element('p', {}, text(t('apparatusIntro'))),
    element('ol', { class: 'variants' }, joinAll(entries)),
  ]);
}

/** An entry of the critical apparatus: the place, the lemma up to its bracket, the readings with their witnesses. */
function variantHtml(
  { t, entryIds }: TextContext,
  { language, direction }: Section,
  codePoints: string[],
  span: Span,
  placeOf: PlaceFinder,
): Html {
  const { witnesses = [], readings = [] } = span.details;
  const lemma = lemmaOf(codePoints, span);
  const words = (value: string) =>
    value === ''
      ? element('em', {}, text(t('omission')))
      : element('span', { lang: language, dir: direction }, text(value));
  const readingHtml = ({ text: value, witnesses: sigla, note }: Reading) =>
    join(
      words(value),
      sigla.length > 0 && join(text(' '), witnessesHtml(sigla)),
      note !== undefined && text(note.startsWith('(') ? ` ${note}` : ` (${note})`),
    );
  return element(
    'li',
    { id: entryIds.get(span) },
    element('span', { 'data-apparatus': true }, placeOf(span.start), text(' ')),
    element('strong', { class: 'lemma' }, words(lemma)),
    witnesses.length > 0 && join(text(' '), witnessesHtml(witnesses)),
    text('] '),
    ...readings.flatMap((reading, i) => [i > 0 && text('; '), readingHtml(reading)]),
  );
}

function witnessesHtml(sigla: string[]): Html {
  return element('span', { class: 'sigla' }, text(sigla.join(' ')));
}

/** The words of a span; of a long one the first and the last word, as the apparatus of a printed edition has it. */
function lemmaOf(codePoints: string[], { start, end }: Span): string {
  const between = (from: number, to: number) => codePoints.slice(from, to).join('').replaceAll('\n', ' ');
  const head = between(start, Math.min(end, start + LONG_LEMMA));
  const tail = end - start > LONG_LEMMA ? between(end - LONG_LEMMA, end) : head;
  const words = head.split(' ');
  return words.length > 6 || tail !== head ? `${words[0]} … ${tail.split(' ').at(-1)}` : head;
}

function* correctionsHtml(context: TextContext, sections: Section[]): Steps<Html | null> {
  const { t, edition } = context;
  const responsible = new Set<string>();
  const entries: Html[] = [];
  for (const section of sections) {
    const placeOf = placeFinder(context, section);
    for (const correction of section.corrections) {
      if (context.isTurn()) yield;
      responsible.add(correction.resp);
      entries.push(
        element(
          'li',
          { id: context.entryIds.get(correction) },
          element('span', { 'data-apparatus': true }, placeOf(correction.start), text(' ')),
          correctionHtml(context, correction, section.language),
        ),
      );
    }
  }
  if (entries.length === 0) return null;
  const names = edition.header.editors.filter(({ id }) => responsible.has(id)).map(({ name }) => name);
  return listing('corrections', t('corrections'), [
    // The page is one for all readers: the style sheet shows the sentence that is true.
    element('p', { class: 'if-printed' }, text(t('correctionsPrinted'))),
    element('p', { class: 'if-corrected' }, text(t('correctionsCorrected'))),
    element('ol', {}, joinAll(entries)),
    names.length > 0 && element('p', {}, text(`${t('responsible')}: ${names.join(', ')}`)),
  ]);
}

function correctionHtml(
  { t, edition }: TextContext,
  { kind, printed, corrected, certainty, note, resp }: Correction,
  language: string,
): Html {
  const hasCertainty = certainty !== 'unknown' || resp !== '';
  return element(
    'span',
    {},
    printed === ''
      ? element('em', {}, text(t('wordMissing')))
      : element('span', { lang: language }, text(printed)),
    kind !== 'note' && join(text(' → '), element('strong', { lang: language }, text(corrected.trim()))),
    note !== null &&
      note !== '' &&
      element('span', { class: 'remark', lang: edition.language }, text(` — ${note}`)),
    hasCertainty &&
      join(
        text(' '),
        element('span', { class: 'certainty' }, text(`(${t('certainty', { level: certainty })})`)),
      ),
  );
}

function listing(id: string, title: string, content: (Html | false)[]): Html {
  return element(
    'details',
    { class: 'apparatus' },
    element('summary', {}, element('h2', { id }, text(title))),
    ...content,
  );
}

type PlaceFinder = (offset: number) => Html;

/** Links to the paragraphs of a section; the offsets that it is asked for go forward. */
function placeFinder({ t }: TextContext, { paragraphs }: Section): PlaceFinder {
  let at = 0;
  return (offset) => {
    while (at < paragraphs.length - 1 && (paragraphs[at]?.end ?? 0) < offset) at++;
    while (at > 0 && (paragraphs[at]?.start ?? 0) > offset) at--;
    const paragraph = paragraphs[at];
    if (!paragraph) return text('');
    return element('a', { href: `#${paragraph.id}` }, text(nameOf(t, paragraph)));
  };
}

function nameOf(t: TextContext['t'], { id, kind, number, reference }: Paragraph): string {
  if (reference !== null) return reference;
  if (number === null) return id;
  return kind === 'line' ? t('line', { number }) : t('paragraph', { number });
}
