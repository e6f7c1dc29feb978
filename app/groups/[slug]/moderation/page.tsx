import { ShieldCheck } from 'lucide';
import type { Metadata } from 'next';
import { Badge } from '@/app/_ui/badge';
import { ButtonLink } from '@/app/_ui/button';
import { EmptyState } from '@/app/_ui/notice';
import { PageHead } from '@/app/_ui/page-head';
import { SegmentLinks } from '@/app/_ui/segments';
import { requireViewer } from '@/lib/group/page-viewer';
import { ClientMessages, getTranslator } from '@/lib/i18n/server';
import { AppError } from '@/lib/kernel/errors';
import { listDecisions, listQueue } from '@/lib/moderation';
import { loadGroup } from '../load-group';
import { loadWaiting } from '../load-waiting';
import { sectionTitles } from '../section-titles';
import { DecisionLog } from './decision-log';
import { LatestDecisions } from './latest-decisions';
import styles from './moderation.module.css';
import { QueueItem } from './queue-item';
import { QueueList } from './queue-list';

type Props = {
  params: Promise<{ slug: string }>;
  searchParams: Promise<{ view?: string | string[]; cursor?: string | string[] }>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslator('moderation'))('title') };
}

/** The moderation queue of a group, each item with its passage and thread; and the log of decisions. */
export default async function ModerationPage({ params, searchParams }: Props) {
  const { slug } = await params;
  const { view, ...asked } = await searchParams;
  const [cursor] = [asked.cursor].flat();
  await loadGroup(slug);
  const t = await getTranslator('moderation');
  await requireViewer(`/groups/${slug}/moderation`);
  const { review } = await loadWaiting(slug);
  const showsLog = view === 'log';
  const home = `/groups/${slug}/moderation`;
  return (
    <div className="page">
      <PageHead title={t('title')}>
        <SegmentLinks
          label={t('title')}
          choices={[
            {
              href: home,
              isCurrent: !showsLog,
              text: (
                <>
                  {t('queue')} {review > 0 && <Badge waiting>{review}</Badge>}
                </>
              ),
            },
            { href: `${home}?view=log`, isCurrent: showsLog, text: t('log') },
          ]}
        />
      </PageHead>
      {showsLog ? <Log slug={slug} cursor={cursor} /> : <Queue slug={slug} cursor={cursor} />}
    </div>
  );
}

type ListProps = { slug: string; cursor: string | undefined };

async function Queue({ slug, cursor }: ListProps) {
  const viewer = await requireViewer(`/groups/${slug}/moderation`);
  const t = await getTranslator('moderation');
  const waiting = await listQueue(viewer, slug, { limit: 20, cursor }).catch(forbidden);
  if (!waiting) return <EmptyState title={t('staffOnly')} />;
  const reasons = (await loadGroup(slug)).reasons.map(({ id, title }) => ({ id, title }));
  const titles = await sectionTitles(
    viewer,
    waiting.items.map(({ annotation }) => annotation),
  );
  return (
    <div className={styles.columns}>
      <div>
        {waiting.items.length === 0 && (
          <EmptyState icon={ShieldCheck} title={t('queue.empty')}>
            <p>{t('queue.emptyText')}</p>
          </EmptyState>
        )}
        <ClientMessages namespaces={['moderation']}>
          <QueueList
            group={slug}
            items={waiting.items.map((item) => ({
              id: item.annotation.id,
              content: <QueueItem item={item} titles={titles} reasons={reasons} />,
            }))}
          />
        </ClientMessages>
        {waiting.next && (
          <ButtonLink href={`/groups/${slug}/moderation?cursor=${waiting.next}`}>{t('next')}</ButtonLink>
        )}
      </div>
      <aside className={styles.aside}>
        <section aria-labelledby="who-sees">
          <h2 id="who-sees">{t('who')}</h2>
          <p className="muted">{t('who.text')}</p>
        </section>
        <LatestDecisions slug={slug} />
      </aside>
    </div>
  );
}

async function Log({ slug, cursor }: ListProps) {
  const viewer = await requireViewer(`/groups/${slug}/moderation`);
  const t = await getTranslator('moderation');
  const decided = await listDecisions(viewer, slug, { limit: 100, cursor }).catch(forbidden);
  if (!decided) return <EmptyState title={t('staffOnly')} />;
  if (decided.items.length === 0) return <EmptyState title={t('log.empty')} />;
  return (
    <>
      <DecisionLog viewer={viewer} slug={slug} decisions={decided.items} />
      {decided.next && (
        <p className={styles.more}>
          <ButtonLink href={`/groups/${slug}/moderation?view=log&cursor=${decided.next}`}>
            {t('more')}
          </ButtonLink>
        </p>
      )}
    </>
  );
}

function forbidden(error: unknown): null {
  if (error instanceof AppError && error.code === 'forbidden') return null;
  throw error;
}
