import { ArrowLeft, ArrowRight, MessagesSquare } from 'lucide';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { ButtonLink } from '@/app/_ui/button';
import { EmptyState } from '@/app/_ui/notice';
import { PageHead } from '@/app/_ui/page-head';
import { listByAuthor } from '@/lib/annotation';
import { listMembers } from '@/lib/group';
import { requireViewer } from '@/lib/group/page-viewer';
import { ClientMessages, getTranslator } from '@/lib/i18n/server';
import { isId } from '@/lib/kernel/ids';
import { listNotesOn, listWarnings } from '@/lib/moderation';
import { DiscussionItem } from '../../discussion-item';
import styles from '../../group.module.css';
import { loadGroup } from '../../load-group';
import { sectionTitles } from '../../section-titles';
import { Restraints } from './restraints';

/** Notes and replies on one page. */
const SHOWN = 100;

type Props = {
  params: Promise<{ slug: string; member: string }>;
  searchParams: Promise<{ after?: string | string[] }>;
};

/** What one person wrote in the group, in its passages, for those who moderate, with the next person and the previous one; and what is done about them. */
export default async function PersonPage({ params, searchParams }: Props) {
  const { slug, member: id } = await params;
  const { after } = await searchParams;
  const home = `/groups/${slug}/people`;
  const viewer = await requireViewer(`${home}/${id}`);
  const { can, archived } = await loadGroup(slug);
  if (!can.includes('moderate')) notFound();
  const students = (await listMembers(viewer, slug)).filter(
    ({ role, id: memberId }) => role === 'student' || memberId === id,
  );
  const at = students.findIndex((member) => member.id === id);
  const person = students[at];
  if (!person) notFound();
  const [previous, next] = [students[at - 1], students[at + 1]];
  const cursor = typeof after === 'string' && isId(after) ? after : undefined;
  const written = await listByAuthor(viewer, slug, id, { limit: SHOWN, cursor });
  const titles = await sectionTitles(
    viewer,
    written.items.map(({ annotation }) => annotation),
  );
  const t = await getTranslator('assignments');
  const restrains = person.id !== viewer.id && person.role !== 'owner';
  const [warnings, notes] = restrains
    ? await Promise.all([listWarnings(viewer, slug, id), listNotesOn(viewer, slug, id)])
    : [[], []];
  return (
    <div className="page stack">
      {can.includes('assign') && (
        <Link href={`/groups/${slug}/overview`} prefetch={false}>
          {t('progress')}
        </Link>
      )}
      <PageHead title={person.name} />
      <nav aria-label={t('person.others')} className={styles.sectionHead}>
        {previous ? (
          <ButtonLink
            href={`${home}/${previous.id}`}
            look="quiet"
            icon={ArrowLeft}
            prefetch={false}
            rel="prev"
          >
            {previous.name}
          </ButtonLink>
        ) : (
          <span />
        )}
        {next && (
          <ButtonLink href={`${home}/${next.id}`} look="quiet" icon={ArrowRight} prefetch={false} rel="next">
            {next.name}
          </ButtonLink>
        )}
      </nav>
      {written.items.length === 0 ? (
        <EmptyState icon={MessagesSquare} title={t('person.none')}>
          <p>{t('person.noneText')}</p>
        </EmptyState>
      ) : (
        <ul className={styles.talk}>
          {written.items.map(({ annotation, passage }) => (
            <DiscussionItem key={annotation.id} annotation={annotation} passage={passage} titles={titles} />
          ))}
        </ul>
      )}
      {written.next && (
        <p>
          <ButtonLink href={`${home}/${id}?after=${written.next}`} prefetch={false}>
            {t('person.more')}
          </ButtonLink>
        </p>
      )}
      {restrains && !archived && (
        <ClientMessages namespaces={['moderation']}>
          <Restraints group={slug} member={person} warnings={warnings} notes={notes} />
        </ClientMessages>
      )}
    </div>
  );
}
