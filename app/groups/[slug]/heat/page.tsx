import { BookOpen, CircleQuestionMark, MessagesSquare } from 'lucide';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { StateLabel } from '@/app/_ui/badge';
import { Button } from '@/app/_ui/button';
import { Choice } from '@/app/_ui/field';
import { Icon } from '@/app/_ui/icon';
import { EmptyState } from '@/app/_ui/notice';
import { PageHead } from '@/app/_ui/page-head';
import { listOpenQuestions, listParagraphNotes } from '@/lib/annotation';
import { getEdition, getSection } from '@/lib/edition';
import { sectionName } from '@/lib/edition/contents';
import { listReadingList } from '@/lib/group';
import { requireViewer } from '@/lib/group/page-viewer';
import { getTranslator } from '@/lib/i18n/server';
import { sliceCodePoints } from '@/lib/kernel/code-points';
import { nullIfNotFound } from '@/lib/kernel/errors';
import { loadGroup } from '../load-group';
import { OpenQuestions } from '../open-questions';
import styles from './heat.module.css';
import { levelOf } from './level-of';

/** Paragraphs of one page, and code points that are shown of each, at most. */
const PARAGRAPHS = 2_000;
const SHOWN = 400;
/** The newest open questions of the group. */
const QUESTIONS = 20;

type Props = {
  params: Promise<{ slug: string }>;
  searchParams: Promise<{ in?: string | string[] }>;
};

/** Where in a text how much was said, and the questions that nobody has answered; for staff. */
export default async function HeatPage({ params, searchParams }: Props) {
  const { slug } = await params;
  const { in: wanted } = await searchParams;
  const home = `/groups/${slug}/heat`;
  const viewer = await requireViewer(home);
  const { can } = await loadGroup(slug);
  if (!can.includes('assign')) notFound();
  const [t, groups, reading] = await Promise.all([
    getTranslator('assignments'),
    getTranslator('groups'),
    getTranslator('reading'),
  ]);
  const list = await listReadingList(viewer, slug);
  const editions = (
    await Promise.all(list.map(({ edition }) => nullIfNotFound(getEdition(viewer, edition))))
  ).filter((edition) => edition !== null);
  const places = editions.flatMap((edition) =>
    edition.sections.map((section) => ({
      edition: edition.slug,
      title: edition.title,
      section: section.id,
      name: sectionName(section.title, edition, reading('section')),
    })),
  );
  const chosen = places.find(({ edition, section }) => `${edition}/${section}` === wanted) ?? places[0];
  if (wanted !== undefined && !places.some(({ edition, section }) => `${edition}/${section}` === wanted))
    notFound();
  const [notes, section, questions] = await Promise.all([
    chosen ? listParagraphNotes(viewer, slug, chosen) : [],
    chosen ? getSection(viewer, chosen.edition, chosen.section) : null,
    listOpenQuestions(viewer, slug, QUESTIONS),
  ]);
  const most = Math.max(0, ...notes.map(({ notes }) => notes));
  const counts = new Map(notes.map((paragraph) => [paragraph.id, paragraph]));
  return (
    <div className="page stack">
      <PageHead title={t('heat.title')} />
      <p className="muted">{t('heat.lead')}</p>
      {places.length > 1 && (
        <form action={home} className="fields">
          <Choice label={t('heat.section')} name="in" defaultValue={`${chosen?.edition}/${chosen?.section}`}>
            {editions.map((edition) => (
              <optgroup key={edition.slug} label={edition.title}>
                {places
                  .filter((place) => place.edition === edition.slug)
                  .map((place) => (
                    <option key={place.section} value={`${place.edition}/${place.section}`}>
                      {place.name}
                    </option>
                  ))}
              </optgroup>
            ))}
          </Choice>
          <Button type="submit">{t('heat.show')}</Button>
        </form>
      )}
      {!chosen || !section ? (
        <EmptyState icon={BookOpen} title={groups('home.noEdition')} />
      ) : (
        <div className={styles.text}>
          {section.paragraphs.slice(0, PARAGRAPHS).map(({ id, start, end }) => {
            const { notes = 0, open = 0 } = counts.get(id) ?? {};
            const words = sliceCodePoints(section.text, start, Math.min(end, start + SHOWN));
            return (
              <div key={id} className={styles.paragraph} data-level={levelOf(notes, most)}>
                <p lang={section.language} dir={section.direction}>
                  {words}
                  {end - start > SHOWN && '…'}
                </p>
                {notes > 0 && (
                  <Link
                    href={`/editions/${encodeURIComponent(chosen.edition)}/${encodeURIComponent(chosen.section)}?group=${slug}#${id}`}
                    prefetch={false}
                    className={styles.count}
                  >
                    <Icon of={MessagesSquare} small /> {t('heat.notes', { count: notes })}
                  </Link>
                )}
                {open > 0 && (
                  <StateLabel look="attention" icon={CircleQuestionMark}>
                    {t('heat.open', { count: open })}
                  </StateLabel>
                )}
              </div>
            );
          })}
        </div>
      )}
      <OpenQuestions questions={questions} />
    </div>
  );
}
