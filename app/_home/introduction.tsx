import Link from 'next/link';
import { ButtonLink } from '@/app/_ui/button';
import { getTranslator } from '@/lib/i18n/server';
import { DiscussionScene } from './discussion-scene';
import styles from './home.module.css';

/** What this is, on one screen, for somebody who has never heard of it. `example` is the address of a text to open. */
export async function Introduction({ example }: { example: string | null }) {
  const t = await getTranslator('home');
  const common = await getTranslator('common');
  return (
    <>
      <section className={styles.hero}>
        <div className={styles.words}>
          <h1 className={styles.display}>{t('title')}</h1>
          <p className={styles.lead}>{t('lead')}</p>
          <p className="row">
            {example && (
              <ButtonLink href={example} look="primary" prefetch={false}>
                {t('example')}
              </ButtonLink>
            )}
            <ButtonLink href="/editions" prefetch={false}>
              {t('browse')}
            </ButtonLink>
          </p>
          <p className="muted small">
            {t('noAccount')} <Link href="/signin">{common('signIn')}</Link>
          </p>
        </div>
        <DiscussionScene />
      </section>
      <section className={styles.three}>
        {(['any', 'margin', 'yours'] as const).map((what) => (
          <div key={what}>
            <h2>{t(what)}</h2>
            <p>{t(`${what}Text`)}</p>
          </div>
        ))}
      </section>
    </>
  );
}
