import { CircleHelp, Flag } from 'lucide';
import { WaitingList } from '@/app/_ui/waiting-list';
import type { Annotation } from '@/lib/annotation/schema';
import type { Group } from '@/lib/group';
import { getTranslator } from '@/lib/i18n/server';
import styles from './home.module.css';

type Props = { groups: Group[]; queues: Map<string, number>; questions: Annotation[] };

/** What waits for the reader: notes to review where they moderate, and own questions without an answer. */
export async function ForYou({ groups, queues, questions }: Props) {
  const t = await getTranslator('home');
  const toReview = groups.flatMap(({ slug, name }) => {
    const count = queues.get(slug) ?? 0;
    const text = t('waiting', { count, name });
    return count > 0 ? [{ href: `/groups/${slug}/moderation`, icon: Flag, text, count }] : [];
  });
  const unanswered = questions.map(({ id, exact, section }) => ({
    href: `/annotations/${id}`,
    icon: CircleHelp,
    text: (
      <>
        {t('question')}
        <span className={`quote ${styles.passage}`} dir="auto">
          {exact ? `«${exact}»` : section}
        </span>
      </>
    ),
  }));
  return (
    <WaitingList id="for-you" title={t('forYou')} none={t('nothing')} items={[...toReview, ...unanswered]} />
  );
}
