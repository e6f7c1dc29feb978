'use client';
import { useId } from 'react';
import { useTranslations } from '@/lib/i18n/client';
import { Icon } from './icon';
import styles from './image.module.css';

const KEYS = [
  ['+ −', 'keyZoom'],
  ['← ↑ → ↓', 'keyPan'],
  ['r  R', 'keyTurn'],
  ['0', 'keyReset'],
  ['PageUp PageDown', 'keyPages'],
] as const;

/** The keys of the image. */
export function Help() {
  const t = useTranslations('image');
  const id = useId();
  return (
    <>
      <button type="button" popoverTarget={id} aria-label={t('help')} title={t('help')}>
        <Icon sign="help" />
      </button>
      <div id={id} popover="auto" className={styles.help} role="dialog" aria-label={t('help')}>
        <p>{t('helpPointer')}</p>
        <p>{t('helpKeys')}</p>
        <dl>
          {KEYS.map(([keys, what]) => (
            <div key={what}>
              <dt>
                <kbd>{keys}</kbd>
              </dt>
              <dd>{t(what)}</dd>
            </div>
          ))}
        </dl>
      </div>
    </>
  );
}
