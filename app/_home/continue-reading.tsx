import { BookOpen } from 'lucide';
import { cookies } from 'next/headers';
import { ButtonLink } from '@/app/_ui/button';
import { PLACE_COOKIE, type Place, placeAddress, readPlace } from '@/app/reader/place/last-place';
import { getEdition, getSection } from '@/lib/edition';
import { sectionName } from '@/lib/edition/contents';
import { directionOf } from '@/lib/edition/direction';
import { getTranslator } from '@/lib/i18n/server';
import type { Viewer } from '@/lib/identity/schema';
import { sliceCodePoints } from '@/lib/kernel/code-points';
import { AppError } from '@/lib/kernel/errors';
import styles from './home.module.css';

/** Length of the words that remind of the place, in code points. */
const REMINDER = 180;

/** Where the reader was last, with the words that stand there, and a way back; nothing where that is not to be known. */
export async function ContinueReading({ viewer }: { viewer: Viewer }) {
  const place = readPlace((await cookies()).get(PLACE_COOKIE)?.value);
  const found = place && (await wordsAt(viewer, place));
  if (!place || !found) return null;
  const t = await getTranslator('home');
  const { title, edition, language, words, number } = found;
  return (
    <section aria-labelledby="continue" className={styles.continue}>
      <p className="muted small">{t('continue')}</p>
      <h2 id="continue" lang={language} dir="auto">
        {number ? `${title}, §\u00a0${number}` : title}
      </h2>
      {words && (
        <p className={styles.place} lang={language} dir={directionOf(language)}>
          {words}
        </p>
      )}
      {edition !== title && (
        <p className="muted small" dir="auto">
          {edition}
        </p>
      )}
      <p>
        <ButtonLink href={placeAddress(place)} look="primary" icon={BookOpen} prefetch={false}>
          {number ? t('continueAt', { number }) : t('open')}
        </ButtonLink>
      </p>
    </section>
  );
}

/** What stands at a place, for those who may read it; null where it is not there (any more). */
async function wordsAt(viewer: Viewer, { edition: slug, section: id, paragraph }: Place) {
  try {
    const [edition, section] = await Promise.all([getEdition(viewer, slug), getSection(viewer, slug, id)]);
    const at = section.paragraphs.find((found) => found.id === paragraph);
    const text = at ? sliceCodePoints(section.text, at.start, at.end) : '';
    const words = text.length > REMINDER ? `${sliceCodePoints(text, 0, REMINDER).trimEnd()}…` : text;
    const { language } = section;
    const reading = await getTranslator('reading');
    const title = sectionName(section.title, edition, reading('section'));
    return { title, edition: edition.title, language, words, number: at?.number ?? null };
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') return null;
    throw error;
  }
}
