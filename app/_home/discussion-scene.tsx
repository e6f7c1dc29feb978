import { Languages } from 'lucide';
import type { ReactNode } from 'react';
import { Avatar } from '@/app/_ui/avatar';
import { Icon } from '@/app/_ui/icon';
import { PreloadedFaces } from '@/app/_ui/preloaded-faces';
import { getTranslator, requestLocale } from '@/lib/i18n/server';
import styles from './home.module.css';

/** The passage of the first edition that the example is about, and what stands around it (Document I, § 3). */
const BEFORE =
  'Мы решительно отклоняем извращение принципиальной позиции Советского Союза и других социалистических стран и не можем пройти мимо той ';
const PASSAGE = 'нездоровой шумихи';
const AFTER = ', которая поднята в этой связи в Румынии.';

const words = { b: (chunk: ReactNode) => <b>{chunk}</b>, i: (chunk: ReactNode) => <i>{chunk}</i> };

/** A picture of what happens here: a passage, a note on it, and two answers. It is made of words, so that it can be read. */
export async function DiscussionScene() {
  const t = await getTranslator('home');
  return (
    <figure className={styles.scene} aria-label={t('scene')}>
      <PreloadedFaces language="ru" besides={await requestLocale()} faces={['source-serif-4']} />
      <p lang="ru" className={styles.sceneText}>
        {BEFORE}
        <mark>{PASSAGE}</mark>
        {AFTER}
      </p>
      <div className={styles.thread}>
        <p className={`quote ${styles.threadHead}`} lang="ru">
          {PASSAGE}
        </p>
        <Said name="Sofia Stan" about={t('scene.kind')} isKind>
          {t.rich('scene.note', words)}
        </Said>
        <div className={styles.replies}>
          <Said name="Stepan Sokolov">{t.rich('scene.reply', words)}</Said>
          <Said name="Irina Ionescu" about={t('scene.role')} staff>
            {t('scene.question')}
          </Said>
        </div>
      </div>
    </figure>
  );
}

type SaidProps = { name: string; about?: string; isKind?: boolean; staff?: boolean; children: ReactNode };

function Said({ name, about, isKind, staff, children }: SaidProps) {
  return (
    <div className={styles.said}>
      <Avatar name={name} staff={staff} size={isKind ? 'medium' : 'small'} />
      <div>
        <p className={styles.who}>
          <b>{name}</b>
          {about && (
            <span className={styles.about}>
              {isKind && <Icon of={Languages} small />}
              {about}
            </span>
          )}
        </p>
        <p>{children}</p>
      </div>
    </div>
  );
}
