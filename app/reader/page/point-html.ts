import { hrefTo } from '@/lib/edition/citation';
import type { Correction, Span } from '@/lib/edition/schema';
import type { PointMarker } from '@/lib/edition/split-runs';
import { correctionSentence, gapSentence } from './apparatus-sentences';
import { element, type Html, join, text } from './element-html';
import { hasReadings, type InlineContext, type TextContext } from './render-context';

const NOTHING = '' as Html;

/** What stands between two characters: the number of a note, the beginning of a page, a gap, a picture and so on. */
export function pointHtml(around: InlineContext, point: PointMarker): Html {
  switch (point.type) {
    case 'note':
      return noteCall(around, point.note.id, point.note.label);
    case 'page':
      return pageBreak(around, point);
    case 'supplied':
      return suppliedHtml(around, point.correction);
    default:
      return spanPoint(around, point.span, point.offset);
  }
}

function noteCall({ context: { t, uniqueId }, isInLink }: InlineContext, id: string, label: string): Html {
  const attributes = { class: 'noteref', id: uniqueId(`${id}.call`), 'data-apparatus': true };
  const number = text(label || '*');
  if (isInLink) return element('span', attributes, number);
  const name = t('note', { label });
  return element('a', { ...attributes, role: 'doc-noteref', href: `#${id}`, 'aria-label': name }, number);
}

/** The beginning of a printed page; of one without a number only a mark. Nobody works it (DPUB-ARIA 1.1, doc-pagebreak). */
function pageBreak(
  { context: { t, uniqueId }, isInLink }: InlineContext,
  { label, image }: { label: string; image?: string },
): Html {
  const attributes = { class: 'page-break', 'data-apparatus': true };
  if (label === '')
    return element('span', { ...attributes, id: uniqueId('page'), title: t('pageUnnumbered') });
  const named = { role: 'doc-pagebreak', id: uniqueId(`page${label}`), 'aria-label': t('page', { label }) };
  // A picture of another site is a link, because the page loads nothing from there.
  const href = !isInLink && image !== undefined && /^https?:\/\//.test(image) ? image : null;
  const link = { href, rel: 'external', 'aria-label': t('pagePicture', { label }) };
  const words = href === null ? text(label) : element('a', link, text(label));
  return element('span', { ...attributes, ...named, 'data-page': label }, words);
}

function suppliedHtml({ context, isInLink }: InlineContext, correction: Correction): Html {
  const { t, entryIds } = context;
  const description = correctionSentence(t, correction);
  const entry = entryIds.get(correction);
  return element(
    'span',
    { class: 'supplied', title: description, 'data-apparatus': true },
    element('span', { class: 'caret', 'aria-hidden': 'true' }),
    element('span', { class: 'word' }, suppliedWord(correction.corrected)),
    entry !== undefined &&
      !isInLink &&
      element('a', { class: 'mark', href: `#${entry}`, 'data-apparatus': true }, text(description)),
  );
}

/** A supplied word without the space around it, so that the brackets are at the word. */
function suppliedWord(words: string): Html {
  const word = words.trim();
  const [before = '', after = ''] = word ? words.split(word) : [words];
  return join(text(before), element('span', { class: 'supplement' }, text(word)), text(after));
}

function spanPoint(around: InlineContext, span: Span, offset: number): Html {
  const { context, start, end, broken } = around;
  const { kind, details, id } = span;
  const label = details.label ?? '';
  switch (kind) {
    case 'gap':
    case 'space': {
      const sentence = gapSentence(context.t, span);
      const attributes = { class: kind, id, role: 'img', 'aria-label': sentence, title: sentence };
      return element('span', { ...attributes, 'data-apparatus': true }, text(kind === 'gap' ? '[…]' : ' '));
    }
    case 'linebreak':
      return lineBreak(id, label, offset > start, broken.has(offset));
    case 'milestone':
    case 'columnbreak':
      return label === ''
        ? anchor(id)
        : element(
            'span',
            {
              class: kind,
              id,
              title: [details.unit, label].filter(Boolean).join(' '),
              'data-apparatus': true,
            },
            text(label),
          );
    case 'graphic': {
      const className = offset === start || offset === end ? 'graphic apart' : 'graphic';
      const picture = pictureHtml(context, details);
      return element('span', { id, class: className, 'data-apparatus': true }, picture);
    }
    default:
      return hasReadings(span) ? omission(around, span) : anchor(id);
  }
}

/** A line of a stone or of a sheet: of those that are numbered every fifth number is seen. */
function lineBreak(id: string | null, label: string, isBreak: boolean, isInWord: boolean): Html {
  const number = /^\d+$/.test(label) && Number(label) % 5 !== 0 ? '' : label;
  return join(
    isBreak && isInWord && element('span', { class: 'broken', 'data-apparatus': true }),
    isBreak && element('br', { 'data-apparatus': true }),
    (id !== null || number !== '') &&
      element('span', { id, class: 'line-number', 'data-apparatus': true }, text(number)),
  );
}

/** A place where this text has nothing and others have words. */
function omission({ context: { t, entryIds }, isInLink }: InlineContext, span: Span): Html {
  const name = t('variants', { count: span.details.readings?.length ?? 0 });
  const attributes = { class: 'omission', id: span.id, 'data-apparatus': true };
  if (isInLink) return element('span', attributes, text('‸'));
  return element('a', { ...attributes, href: `#${entryIds.get(span) ?? ''}`, 'aria-label': name }, text('‸'));
}

function anchor(id: string | null): Html {
  return id === null ? NOTHING : element('span', { id, 'data-apparatus': true });
}

/** A picture; one of another site is a link, because the page loads nothing from there. */
export function pictureHtml(context: TextContext, { url, alt }: { url?: string; alt?: string }): Html {
  const { edition, page, pictureUrl, t } = context;
  const name = alt ? t('pictureOf', { alt }) : t('picture');
  const shown = url === undefined ? null : pictureUrl(url);
  if (shown !== null) return element('img', { src: shown, alt: alt ?? '', loading: 'lazy' });
  const href = url !== undefined && /^https?:/.test(url) ? hrefTo(edition, page, url) : null;
  return href === null
    ? element('span', { class: 'picture' }, text(name))
    : element('a', { class: 'picture', href, rel: 'external' }, text(name));
}
