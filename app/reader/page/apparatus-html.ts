import type { Correction, Paragraph, Reading, Section, Span } from '@/lib/edition/schema';
import { element, type Html, join, text } from './element-html';
import { hasReadings, type TextContext } from './render-context';

/** The lists below the text, for readers who cannot hover over the words: other readings, corrections and doubts. */
export function apparatusHtml(context: TextContext, sections: Section[]): Html {
  return join(variantsHtml(context, sections), correctionsHtml(context, sections));
}

function variantsHtml(context: TextContext, sections: Section[]): Html | null {
  const { t } = context;
  const entries = sections.flatMap((section) => {
    const placeOf = placeFinder(context, section);
    const spans = section.spans.filter(hasReadings);
    // Once for all: an offset in the text itself is counted from its beginning.
    const codePoints = spans.length > 0 ? [...section.text] : [];
    return spans.map((span) => variantHtml(context, section, codePoints, span, placeOf));
  });
  if (entries.length === 0) return null;
  return listing('variants', t('apparatus'), [
    element('p', {}, text(t('apparatusIntro'))),
    element('ol', { class: 'variants' }, ...entries),
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
  const lemma = codePoints.slice(span.start, span.end).join('').replaceAll('\n', ' ');
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
    element('strong', { class: 'lemma' }, words(shortened(lemma))),
    witnesses.length > 0 && join(text(' '), witnessesHtml(witnesses)),
    text('] '),
    ...readings.flatMap((reading, i) => [i > 0 && text('; '), readingHtml(reading)]),
  );
}

function witnessesHtml(sigla: string[]): Html {
  return element('span', { class: 'sigla' }, text(sigla.join(' ')));
}

/** Of a long lemma its first and last word, as the apparatus of a printed edition has it. */
function shortened(lemma: string): string {
  const words = lemma.split(' ');
  return words.length > 6 ? `${words[0]} … ${words.at(-1)}` : lemma;
}

function correctionsHtml(context: TextContext, sections: Section[]): Html | null {
  const { t, edition } = context;
  const responsible = new Set<string>();
  const entries = sections.flatMap((section) => {
    const placeOf = placeFinder(context, section);
    return section.corrections.map((correction) => {
      responsible.add(correction.resp);
      return element(
        'li',
        { id: context.entryIds.get(correction) },
        element('span', { 'data-apparatus': true }, placeOf(correction.start), text(' ')),
        correctionHtml(context, correction, section.language),
      );
    });
  });
  if (entries.length === 0) return null;
  const names = edition.header.editors.filter(({ id }) => responsible.has(id)).map(({ name }) => name);
  return listing('corrections', t('corrections'), [
    // The page is one for all readers: the style sheet shows the sentence that is true.
    element('p', { class: 'if-printed' }, text(t('correctionsPrinted'))),
    element('p', { class: 'if-corrected' }, text(t('correctionsCorrected'))),
    element('ol', {}, ...entries),
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
