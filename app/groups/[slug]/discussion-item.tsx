import { Avatar } from '@/app/_ui/avatar';
import { RelativeTime } from '@/app/_ui/time';
import type { Annotation } from '@/lib/annotation/schema';
import { getTranslator } from '@/lib/i18n/server';
import styles from './group.module.css';
import type { SectionTitles } from './section-titles';

type Props = {
  annotation: Annotation;
  /** The words that its thread is on; null for a whole section or an image. */
  passage: string | null;
  titles: SectionTitles;
};

/** A note or a reply in a list: its passage, who says what, where and when. */
export async function DiscussionItem({ annotation, passage, titles }: Props) {
  const t = await getTranslator('groups');
  const { id, author, html, created, edition, section, parent, replies } = annotation;
  return (
    <li>
      <Avatar name={author.name} />
      <div>
        <a href={`/annotations/${id}`} className={`quote ${styles.passage}`} dir="auto">
          {passage ? `«${passage}»` : t('home.wholeSection')}
        </a>
        <div className={styles.says}>
          <b>{author.name}</b>
          {/* biome-ignore lint/security/noDangerouslySetInnerHtml: lib/markdown has sanitised it */}
          <div className={styles.excerpt} dir="auto" dangerouslySetInnerHTML={{ __html: html }} />
        </div>
        <p className={`muted small ${styles.facts}`}>
          {parent && <span>{t('home.replied')}</span>}
          <span className={styles.where} dir="auto">
            {titles.get(`${edition}/${section}`) ?? section}
          </span>
          <RelativeTime when={created} />
          {replies > 0 && <span>{t('home.replies', { count: replies })}</span>}
        </p>
      </div>
    </li>
  );
}
