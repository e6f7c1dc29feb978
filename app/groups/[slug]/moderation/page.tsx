import type { Metadata } from 'next';
import Link from 'next/link';
import { EmptyState } from '@/app/_ui/notice';
import { requireViewer } from '@/lib/group/page-viewer';
import { formatDate } from '@/lib/i18n';
import { ClientMessages, getTranslator, requestLocale } from '@/lib/i18n/server';
import { AppError } from '@/lib/kernel/errors';
import { listDecisions, listQueue } from '@/lib/moderation';
import { loadGroup } from '../load-group';
import styles from './moderation.module.css';
import { QueueItem } from './queue-item';

type Props = {
  params: Promise<{ slug: string }>;
  searchParams: Promise<{ view?: string; cursor?: string }>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslator('moderation'))('title') };
}

/** The moderation queue of a group, each item with its passage and thread; and the log of decisions. */
export default async function ModerationPage({ params, searchParams }: Props) {
  const { slug } = await params;
  const { view, cursor } = await searchParams;
  await loadGroup(slug);
  const t = await getTranslator('moderation');
  const showsLog = view === 'log';
  return (
    <main id="main" className="page stack">
      <h1>{t('title')}</h1>
      <nav aria-label={t('title')} className="row">
        <Link href={`/groups/${slug}/moderation`} aria-current={showsLog ? undefined : 'page'}>
          {t('queue')}
        </Link>
        <Link href={`/groups/${slug}/moderation?view=log`} aria-current={showsLog ? 'page' : undefined}>
          {t('log')}
        </Link>
      </nav>
      {showsLog ? <Log slug={slug} cursor={cursor} /> : <Queue slug={slug} cursor={cursor} />}
    </main>
  );
}

type ListProps = { slug: string; cursor: string | undefined };

async function Queue({ slug, cursor }: ListProps) {
  const viewer = await requireViewer(`/groups/${slug}/moderation`);
  const t = await getTranslator('moderation');
  const waiting = await listQueue(viewer, slug, { limit: 20, cursor }).catch(forbidden);
  if (!waiting) return <EmptyState title={t('staffOnly')} />;
  if (waiting.items.length === 0) return <EmptyState title={t('queue.empty')} />;
  return (
    <ClientMessages namespaces={['moderation']}>
      <ul className={styles.queue}>
        {waiting.items.map((item) => (
          <li key={item.annotation.id}>
            <QueueItem item={item} />
          </li>
        ))}
      </ul>
      {waiting.next && <Link href={`/groups/${slug}/moderation?cursor=${waiting.next}`}>{t('next')}</Link>}
    </ClientMessages>
  );
}

async function Log({ slug, cursor }: ListProps) {
  const viewer = await requireViewer(`/groups/${slug}/moderation`);
  const [t, locale] = [await getTranslator('moderation'), await requestLocale()];
  const decided = await listDecisions(viewer, slug, { limit: 100, cursor }).catch(forbidden);
  if (!decided) return <EmptyState title={t('staffOnly')} />;
  if (decided.items.length === 0) return <EmptyState title={t('log.empty')} />;
  return (
    <>
      <div className="wide">
        <table>
          <thead>
            <tr>
              <th scope="col">{t('when')}</th>
              <th scope="col">{t('actor')}</th>
              <th scope="col">{t('action')}</th>
              <th scope="col">{t('reason')}</th>
            </tr>
          </thead>
          <tbody>
            {decided.items.map((decision) => (
              <tr key={decision.id}>
                <td>
                  <time dateTime={decision.created}>
                    {formatDate(locale, new Date(decision.created), { time: true })}
                  </time>
                </td>
                <td>{decision.actor.name}</td>
                <td>
                  <a href={`/annotations/${decision.annotation}`}>{t(decision.action)}</a>
                </td>
                <td>{decision.reason}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {decided.next && (
        <Link href={`/groups/${slug}/moderation?view=log&cursor=${decided.next}`}>{t('more')}</Link>
      )}
    </>
  );
}

function forbidden(error: unknown): null {
  if (error instanceof AppError && error.code === 'forbidden') return null;
  throw error;
}
