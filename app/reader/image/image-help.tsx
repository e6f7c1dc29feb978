'use client';
import { useId } from 'react';
import { useTranslations } from '@/lib/i18n/client';
import styles from './image.module.css';
import { ToolbarIcon } from './toolbar-icon';

const KEYS = [
  ['+ −', 'keyZoom'],
  ['← ↑ → ↓', 'keyPan'],
  ['r R', 'keyTurn'],
  ['0', 'keyReset'],
  ['PageUp PageDown', 'keyPages'],
] as const;

const LOOKS = ['own', 'other', 'orphaned', 'selected'] as const;

/** Help: the keys of the image, and the legend of its regions. */
export function ImageHelp({ withRegions, canDraw }: { withRegions: boolean; canDraw: boolean }) {
  const t = useTranslations('image');
  const id = useId();
  const keys = canDraw ? [...KEYS, ['n', 'keyDraw'] as const] : KEYS;
  return (
    <>
      <button type="button" popoverTarget={id} aria-label={t('help')} title={t('help')}>
        <ToolbarIcon sign="help" />
      </button>
      <div
        id={id}
        popover="auto"
        className={styles.help}
        role="dialog"
        aria-label={t('help')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: on a small screen it scrolls, by keys too
        tabIndex={0}
      >
        <p>{t('helpPointer')}</p>
        <p>{t('helpKeys')}</p>
        <dl>
          {keys.map(([names, message]) => (
            <div key={message}>
              <dt>
                <kbd>{names}</kbd>
              </dt>
              <dd>{t(message)}</dd>
            </div>
          ))}
        </dl>
        {withRegions && (
          <>
            <p>{t('legend')}</p>
            <ul>
              {LOOKS.map((look) => (
                <li key={look} data-look={look}>
                  {t(`legend_${look}`)}
                </li>
              ))}
            </ul>
            <p>{t('legend_number')}</p>
          </>
        )}
      </div>
    </>
  );
}
