import { MessagesSquare } from 'lucide';
import { notFound } from 'next/navigation';
import { EmptyState } from '@/app/_ui/notice';
import { PageHead } from '@/app/_ui/page-head';
import { listSessionSheet } from '@/lib/annotation';
import { requireViewer } from '@/lib/group/page-viewer';
import { ClientMessages, getTranslator } from '@/lib/i18n/server';
import { loadGroup } from '../../../load-group';
import { sectionTitles } from '../../../section-titles';
import { loadAssignment } from '../load-assignment';
import { PrintButton } from './print-button';
import styles from './sheet.module.css';

type Props = { params: Promise<{ slug: string; id: string }> };

/** What to talk about in class, to print: the passages in order, with questions and their best answers. */
export default async function SheetPage({ params }: Props) {
  const { slug, id } = await params;
  const viewer = await requireViewer(`/groups/${slug}/assignments/${id}/sheet`);
  const { can, name } = await loadGroup(slug);
  if (!can.includes('assign')) notFound();
  const { title, sections } = await loadAssignment(viewer, slug, id);
  const entries = await listSessionSheet(viewer, slug, { id, sections });
  const titles = await sectionTitles(
    viewer,
    entries.map(({ note }) => note),
  );
  const t = await getTranslator('assignments');
  const kinds = await getTranslator('annotation');
  return (
    <div className="page stack">
      <PageHead title={title}>
        {entries.length > 0 && (
          <ClientMessages namespaces={['assignments']}>
            <PrintButton />
          </ClientMessages>
        )}
      </PageHead>
      <p className="muted">{t('sheet.lead', { name })}</p>
      {entries.length === 0 ? (
        <EmptyState icon={MessagesSquare} title={t('sheet.none')}>
          <p>{t('sheet.noneText')}</p>
        </EmptyState>
      ) : (
        <ol className={styles.sheet}>
          {entries.map(({ note, answers }) => (
            <li key={note.id}>
              <p className="muted small" dir="auto">
                {titles.get(`${note.edition}/${note.section}`) ?? note.section}
              </p>
              <blockquote className="quote" dir="auto">
                <a href={`/annotations/${note.id}`}>{note.exact ? `«${note.exact}»` : t('sheet.whole')}</a>
              </blockquote>
              <Said
                name={note.author.name}
                html={note.html}
                facts={[
                  kinds(`kind_${note.kind}`),
                  note.endorsed && kinds('endorsed'),
                  note.agreements > 0 &&
                    kinds(note.kind === 'question' ? 'agreementsQuestion' : 'agreements', {
                      count: note.agreements,
                    }),
                ]}
              />
              {note.reading !== null && (
                <p dir="auto">
                  {kinds('reading')}: {note.reading}
                </p>
              )}
              {note.citation && (
                <p dir="auto">
                  {kinds('citation')}: {note.citation.text} {note.citation.address}
                </p>
              )}
              {answers.length > 0 && (
                <ul className={styles.answers}>
                  {answers.map((answer) => (
                    <li key={answer.id}>
                      <Said
                        name={answer.author.name}
                        html={answer.html}
                        facts={[
                          answer.endorsed && kinds('endorsed'),
                          answer.agreements > 0 && kinds('agreements', { count: answer.agreements }),
                        ]}
                      />
                    </li>
                  ))}
                </ul>
              )}
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}

function Said({ name, html, facts }: { name: string; html: string; facts: (string | false)[] }) {
  return (
    <>
      <p className={styles.who}>
        <b>{name}</b> <span className="muted small">{facts.filter(Boolean).join(' · ')}</span>
      </p>
      {/* biome-ignore lint/security/noDangerouslySetInnerHtml: lib/markdown has sanitised it */}
      <div dir="auto" dangerouslySetInnerHTML={{ __html: html }} />
    </>
  );
}
