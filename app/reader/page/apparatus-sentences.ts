import type { Correction, Span } from '@/lib/edition/schema';
import type { PageContext } from './render-context';

type Translator = PageContext['t'];

/** A sentence that describes a correction. */
export function correctionSentence(t: Translator, { kind, printed, corrected, note }: Correction): string {
  if (kind === 'note') return t('doubt', { note: note ?? '' });
  if (printed === '') return t('supplied', { corrected: corrected.trim() });
  if (kind === 'reg') return t('regularized', { printed, corrected });
  if (kind === 'expan') return t('expanded', { printed, corrected });
  return t('correction', { printed, corrected });
}

/** The kinds of ranges that say something of the source. */
const MARKS = ['unclear', 'supplied', 'surplus', 'damage', 'add', 'del', 'expansion'] as const;

/** What a sign around or under words means; null for a range that needs no words. */
export function markSentence(t: Translator, { kind, details }: Span): string | null {
  const mark = MARKS.find((each) => each === kind);
  if (mark === undefined) return null;
  return details.reason ? `${t(`mark_${mark}`)}: ${details.reason}` : t(`mark_${mark}`);
}

/** A sentence that describes a gap or a blank: what is missing, how much of it, and why. */
export function gapSentence(t: Translator, { kind, details }: Span): string {
  const facts = [details.label, details.reason].filter(Boolean).join(', ');
  const name = t(kind === 'space' ? 'blank' : 'gap');
  return facts === '' ? name : `${name}: ${facts}`;
}
