import { CircleHelp, Flag } from 'lucide';
import Link from 'next/link';
import { Badge } from '@/app/_ui/badge';
import { Icon } from '@/app/_ui/icon';
import type { Annotation } from '@/lib/annotation/schema';
import type { Group } from '@/lib/group';
import { getTranslator } from '@/lib/i18n/server';
import styles from './home.module.css';

type Props = { groups: Group[]; queues: Map<string, number>; questions: Annotation[] };

/** What waits for the reader: notes to review where they moderate, and own questions without an answer. */
export async function ForYou({ groups, queues, questions }: Props) {
  const t = await getTranslator('home');
  const waiting = groups.filter(({ slug }) => (queues.get(slug) ?? 0) > 0);
  return (
    <aside className={styles.forYou} aria-labelledby="for-you">
      <h2 id="for-you">{t('forYou')}</h2>
      {waiting.length + questions.length === 0 && <p className="muted">{t('nothing')}</p>}
      <ul>
        {waiting.map(({ slug, name }) => (
          <li key={slug}>
            <Link href={`/groups/${slug}/moderation`} prefetch={false}>
              <Icon of={Flag} />
              <span>{t('waiting', { count: queues.get(slug) ?? 0, name })}</span>
              <Badge waiting>{queues.get(slug)}</Badge>
            </Link>
          </li>
        ))}
        {questions.map(({ id, exact, section }) => (
          <li key={id}>
            <a href={`/annotations/${id}`}>
              <Icon of={CircleHelp} />
              <span>
                {t('question')}
                <span className={`quote ${styles.passage}`} dir="auto">
                  {exact ? `«${exact}»` : section}
                </span>
              </span>
            </a>
          </li>
        ))}
      </ul>
    </aside>
  );
}
