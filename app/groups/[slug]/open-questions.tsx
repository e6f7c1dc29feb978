import { Badge } from '@/app/_ui/badge';
import type { Annotation } from '@/lib/annotation/schema';
import { pageViewer } from '@/lib/group/page-viewer';
import { getTranslator } from '@/lib/i18n/server';
import { DiscussionItem } from './discussion-item';
import styles from './group.module.css';
import { sectionTitles } from './section-titles';

/** The newest questions that nobody has answered, and how many there are. */
export async function OpenQuestions({ questions }: { questions: { count: number; newest: Annotation[] } }) {
  const t = await getTranslator('groups');
  const titles = await sectionTitles(await pageViewer(), questions.newest);
  return (
    <section aria-labelledby="questions">
      <div className={styles.sectionHead}>
        <h2 id="questions">
          {t('home.questions')} {questions.count > 0 && <Badge>{questions.count}</Badge>}
        </h2>
      </div>
      {questions.count === 0 && <p className="muted">{t('home.noQuestions')}</p>}
      <ul className={styles.talk}>
        {questions.newest.map((annotation) => (
          <DiscussionItem
            key={annotation.id}
            annotation={annotation}
            passage={annotation.exact}
            titles={titles}
          />
        ))}
      </ul>
    </section>
  );
}
