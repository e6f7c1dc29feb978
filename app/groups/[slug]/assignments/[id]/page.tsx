import { BookOpen, ChartNoAxesColumn, Pencil, Printer } from 'lucide';
import { ButtonLink } from '@/app/_ui/button';
import { PageHead } from '@/app/_ui/page-head';
import { requireViewer } from '@/lib/group/page-viewer';
import { ClientMessages, getTranslator } from '@/lib/i18n/server';
import { loadGroup } from '../../load-group';
import { AssignmentDates, AssignmentSight, OwnProgress } from '../assignment-facts';
import styles from '../assignments.module.css';
import { loadAssignment } from './load-assignment';
import { OwnWork } from './own-work';

type Props = { params: Promise<{ slug: string; id: string }> };

/** One assignment: what is asked, by when, who sees what, and what one has done oneself. */
export default async function AssignmentPage({ params }: Props) {
  const { slug, id } = await params;
  const viewer = await requireViewer(`/groups/${slug}/assignments/${id}`);
  const { can } = await loadGroup(slug);
  const assignment = await loadAssignment(viewer, slug, id);
  const t = await getTranslator('assignments');
  const { title, html, edition, sections, mode, mine } = assignment;
  const isStaff = can.includes('assign');
  const [first] = sections;
  const place = first === undefined ? '' : `/${encodeURIComponent(first)}`;
  const address = `/editions/${encodeURIComponent(edition)}${place}?group=${slug}&assignment=${id}`;
  return (
    <div className="page form stack">
      <PageHead title={title} />
      <ClientMessages namespaces={['assignments']}>
        <AssignmentDates assignment={assignment} />
        {/* Sanitised where it was rendered (lib/markdown). */}
        {html !== '' && (
          // biome-ignore lint/security/noDangerouslySetInnerHtml: sanitised by lib/markdown
          <div className={styles.instructions} dir="auto" dangerouslySetInnerHTML={{ __html: html }} />
        )}
        <p className="muted">
          {sections.length === 0 ? t('section.all') : t('section.some', { count: sections.length })}
        </p>
        {isStaff ? <p>{t(`modeHint_${mode}`)}</p> : <AssignmentSight assignment={assignment} />}
        <p className={styles.actions}>
          <ButtonLink href={address} look="primary" icon={BookOpen}>
            {t('open')}
          </ButtonLink>
          {isStaff && (
            <>
              <ButtonLink href={`/groups/${slug}/overview?assignment=${id}`} icon={ChartNoAxesColumn}>
                {t('progress')}
              </ButtonLink>
              <ButtonLink href={`/groups/${slug}/assignments/${id}/sheet`} icon={Printer}>
                {t('sheet')}
              </ButtonLink>
              <ButtonLink href={`/groups/${slug}/assignments/${id}/edit`} icon={Pencil}>
                {t('edit')}
              </ButtonLink>
            </>
          )}
        </p>
        {mine && !isStaff && (
          <section aria-labelledby="own" className="stack">
            <h2 id="own">{t('mine.title')}</h2>
            <OwnProgress assignment={assignment} />
            <OwnWork group={slug} id={id} mine={mine} isClosed={assignment.closed} />
          </section>
        )}
      </ClientMessages>
    </div>
  );
}
