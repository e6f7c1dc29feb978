import { Lock, MessageSquareText } from 'lucide';
import { Icon } from '@/app/_ui/icon';
import { clothOf } from '@/app/_ui/initials';
import type { LibraryEdition } from '@/lib/edition';
import { directionOf } from '@/lib/edition/direction';
import { languageName } from '@/lib/i18n';
import { getTranslator, requestLocale } from '@/lib/i18n/server';
import styles from './library.module.css';

/** A text of the library: who wrote it when, its first words, how long it is, and which of one's seminars read it. */
export async function EditionCard({ edition }: { edition: LibraryEdition }) {
  const [t, locale] = [await getTranslator('library'), await requestLocale()];
  const { slug, title, language, authors, year, words, sections, opening, openingLanguage, groups } = edition;
  const [group] = groups;
  const by = [authors.join(', '), year].filter(Boolean).join(' · ');
  return (
    <article className={`${styles.card} ${styles[`cloth${clothOf(slug)}`]}`}>
      {by && (
        <p className={styles.by} dir="auto">
          {by}
        </p>
      )}
      <h2 lang={language} dir="auto">
        {/* Loaded as a whole: the server writes its text once (KeptHtml). */}
        <a href={group ? `/editions/${slug}?group=${group.slug}` : `/editions/${slug}`}>{title}</a>
      </h2>
      {opening && (
        <p className={styles.opening} lang={openingLanguage} dir={directionOf(openingLanguage)}>
          {opening}
        </p>
      )}
      <div className={styles.facts}>
        {group && (
          <p className={styles.mine}>
            <Icon of={MessageSquareText} small />
            {groups.length === 1
              ? t('readIn', { name: group.name })
              : t('readInMore', { name: group.name, count: groups.length - 1 })}
          </p>
        )}
        {edition.access === 'groups' && (
          <p className={styles.mine}>
            <Icon of={Lock} small />
            {t('closed')}
          </p>
        )}
        {isNamed(language) && <span>{languageName(locale, language)}</span>}
        <span>{t('sections', { count: sections })}</span>
        {words !== null && <span>{t('words', { count: words })}</span>}
      </div>
    </article>
  );
}

/** `und` is the tag of a text whose language nobody has said (BCP 47 §4.1). */
function isNamed(language: string): boolean {
  return language !== 'und' && !language.startsWith('x-');
}
