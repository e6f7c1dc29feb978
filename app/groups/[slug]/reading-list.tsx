import { BookOpen, Lock } from 'lucide';
import { ButtonLink } from '@/app/_ui/button';
import { Icon } from '@/app/_ui/icon';
import { EmptyState } from '@/app/_ui/notice';
import { listSectionNotes } from '@/lib/annotation';
import { sectionName } from '@/lib/edition/contents';
import { type ListedContents, listReadingContents } from '@/lib/group';
import { pageViewer } from '@/lib/group/page-viewer';
import { getTranslator } from '@/lib/i18n/server';
import styles from './group.module.css';

/** Sections of one edition that are shown, at most. */
const SHOWN = 12;

/** What the group reads, in its order: each edition with the sections that are marked out, else with its first ones. */
export async function ReadingListView({ slug }: { slug: string }) {
  const t = await getTranslator('groups');
  const viewer = await pageViewer();
  const [editions, counted] = await Promise.all([
    listReadingContents(viewer, slug),
    listSectionNotes(viewer, slug),
  ]);
  const [first] = editions;
  if (!first) {
    return (
      <EmptyState icon={BookOpen} title={t('home.noEdition')}>
        <p>{t('home.noEditionText')}</p>
      </EmptyState>
    );
  }
  const notes = new Map(counted.map(({ edition, section, notes }) => [`${edition}/${section}`, notes]));
  const [now] = first.contents;
  const start = first.sections.length > 0 && now ? `/${now.id}` : '';
  return (
    <>
      <ol className={styles.reading}>
        {editions.map((listed) => (
          <li key={listed.edition}>
            <ListedEditionView slug={slug} listed={listed} notes={notes} isOnly={editions.length === 1} />
          </li>
        ))}
      </ol>
      <ButtonLink href={`/editions/${first.edition}${start}?group=${slug}`} look="primary" icon={BookOpen}>
        {t('home.open')}
      </ButtonLink>
    </>
  );
}

type Props = { slug: string; listed: ListedContents; notes: Map<string, number>; isOnly: boolean };

async function ListedEditionView({ slug, listed, notes, isOnly }: Props) {
  const t = await getTranslator('groups');
  const reading = await getTranslator('reading');
  const { edition, title, language, access, sections, contents } = listed;
  const isMarked = sections.length > 0;
  const rest = contents.length - SHOWN;
  return (
    <>
      <h3>
        <a href={`/editions/${edition}?group=${slug}`} lang={language} dir="auto">
          {title}
        </a>
        {access === 'groups' && (
          <span className="muted small">
            {' '}
            <Icon of={Lock} small /> {t('reading.closed')}
          </span>
        )}
      </h3>
      {isMarked && <p className="muted small">{t('reading.marked')}</p>}
      {(isMarked || isOnly) && (
        <ul className={styles.sections}>
          {contents.slice(0, SHOWN).map(({ id, title: name }) => (
            <li key={id}>
              <a href={`/editions/${edition}/${id}?group=${slug}`} lang={language} dir="auto">
                {sectionName(name, { title }, reading('section'))}
              </a>
              <span className="muted small">
                {t('home.notes', { count: notes.get(`${edition}/${id}`) ?? 0 })}
              </span>
            </li>
          ))}
          {rest > 0 && (
            <li>
              <a href={`/editions/${edition}?group=${slug}`}>{t('home.more', { count: rest })}</a>
            </li>
          )}
        </ul>
      )}
    </>
  );
}
