import { LocalTime } from '@/app/_ui/time';
import { describeAnnotations } from '@/lib/annotation';
import { requireViewer } from '@/lib/group/page-viewer';
import { getTranslator } from '@/lib/i18n/server';
import { listDecisions } from '@/lib/moderation';
import styles from './moderation.module.css';

const SHOWN = 5;

/** The latest decisions of a group, beside its queue. */
export async function LatestDecisions({ slug }: { slug: string }) {
  const viewer = await requireViewer(`/groups/${slug}/moderation`);
  const t = await getTranslator('moderation');
  const { items } = await listDecisions(viewer, slug, { limit: SHOWN });
  if (items.length === 0) return null;
  const notes = await describeAnnotations(
    viewer,
    slug,
    items.flatMap(({ annotation }) => annotation ?? []),
    0,
  );
  return (
    <section aria-labelledby="latest">
      <h2 id="latest">{t('latest')}</h2>
      <ul className={styles.decisions}>
        {items.map(({ id, actor, action, annotation, created, reason }) => (
          <li key={id}>
            {annotation ? (
              <a href={`/annotations/${annotation}`}>{t(`did.${action}`)}</a>
            ) : (
              t(`did.${action}`)
            )}
            {annotation && notes.get(annotation) && <>: {notes.get(annotation)?.author}</>}
            {reason && <span className="muted"> – {reason}</span>}
            <br />
            <span className="muted small">
              {actor.name}, <LocalTime when={created} withTime />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
