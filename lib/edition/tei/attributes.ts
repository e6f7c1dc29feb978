import { collapseWhitespace } from '../canonical-text';
import type { Correction, CorrectionKind, SpanDetails } from '../schema';
import { httpUrlOrNull } from './header';
import { refusal } from './refusal';
import type { TeiTag } from './tei-tag';

/** The targets of a tag: pointers into this file (`#id`), or web addresses. Others lead nowhere here. */
export function pointersOf(tag: TeiTag, ...names: string[]): string[] {
  return names.flatMap((name) =>
    (tag.attributes.get(name) ?? '').split(/\s+/).flatMap((token) => {
      if (token === '') return [];
      // An address that runs a script may not even stand in the file that others download.
      if (/^(?:javascript|vbscript|data):/i.test(token.replace(/\s+/g, ''))) {
        throw refusal(tag.at, `“${token.slice(0, 60)}” is neither an id of this file nor a web address`);
      }
      if (/^#[^\s#]+$/.test(token)) return [token];
      const url = httpUrlOrNull(token);
      return url ? [url] : [];
    }),
  );
}

/** The sigla of a reading (`@wit`, `@source`), without their pointers’ files. */
export function witnessesOf(tag: TeiTag): string[] {
  const words = `${tag.attributes.get('wit') ?? ''} ${tag.attributes.get('source') ?? ''}`;
  return words
    .split(/\s+/)
    .map((token) => token.replace(/^.*#/, ''))
    .filter((token) => token !== '');
}

/** What is known of a gap: its extent, its reason, or the words that describe it. */
export function gapDetails(attributes: ReadonlyMap<string, string>, words: string): SpanDetails {
  const extent = attributes.get('extent') ?? attributes.get('quantity');
  const unit = attributes.get('unit');
  const reason = attributes.get('reason');
  const label = words.trim() || [extent, unit].filter(Boolean).join(' ');
  return { ...(label && { label }), ...(unit && { unit }), ...(reason && { reason }) };
}

/** The correction of a reading; where it stands is the caller's to say. */
export function correctionOf(tag: TeiTag, words: string, kind: CorrectionKind): Correction {
  const cert = tag.attributes.get('cert');
  const certainty = (['high', 'medium', 'low'] as const).find((level) => level === cert) ?? 'unknown';
  const resp = (tag.attributes.get('resp') ?? '').split(/\s+/)[0]?.replace(/^#/, '') ?? '';
  const corrected = collapseWhitespace(words);
  return {
    start: 0,
    end: 0,
    printed: '',
    corrected,
    certainty,
    resp,
    kind,
    note: kind === 'note' ? corrected.trim() : null,
  };
}
