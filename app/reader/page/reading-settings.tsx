'use client';
import { ALargeSmall } from 'lucide';
import { type ReactNode, useEffect, useState } from 'react';
import { Icon } from '@/app/_ui/icon';
import styles from './reading-settings.module.css';

/** The choices of each setting, by the data attribute of `<html>` that holds it, in their order. */
const CHOICES = {
  reading: ['printed', 'corrected'],
  size: ['small', 'medium', 'large', 'huge'],
  face: ['serif', 'sans'],
  leading: ['close', 'book', 'open'],
  measure: ['narrow', 'book', 'wide'],
  theme: ['system', 'light', 'sepia', 'dark'],
  margins: ['on', 'off'],
} as const;

type Setting = keyof typeof CHOICES;

/** What holds where nothing was chosen. */
const DEFAULTS: Record<Setting, string> = {
  reading: 'printed',
  size: 'medium',
  face: 'serif',
  leading: 'book',
  measure: 'book',
  theme: 'system',
  margins: 'on',
};

/**
 * How the text looks in this browser, and which readings it shows. `public/theme.js` applies and keeps the choices,
 * because it runs before React does.
 */
export function ReadingSettings({
  labels,
  hasCorrections,
  children,
}: {
  /** Texts by setting and choice: `size`, `size_small`, …, and `settings`. */
  labels: Record<string, string>;
  hasCorrections: boolean;
  /** What else is in the panel. */
  children?: ReactNode;
}) {
  const [chosen, setChosen] = useState<Partial<Record<Setting, string>>>({});
  useEffect(() => {
    const { reading, size, face, leading, measure, theme, margins } = document.documentElement.dataset;
    setChosen({ reading, size, face, leading, measure, theme, margins });
  }, []);

  function group(setting: Setting) {
    return (
      <fieldset key={setting}>
        <legend>{labels[setting]}</legend>
        <div className={styles.choices}>
          {CHOICES[setting].map((choice) => (
            <label key={choice}>
              <input
                type="radio"
                name={`reading-${setting}`}
                value={choice}
                checked={(chosen[setting] ?? DEFAULTS[setting]) === choice}
                onChange={() => setChosen({ ...chosen, [setting]: choice })}
              />
              {labels[`${setting}_${choice}`]}
            </label>
          ))}
        </div>
      </fieldset>
    );
  }

  return (
    <section className={styles.bar} aria-label={labels.settings}>
      <button type="button" popoverTarget="reading-settings" className={styles.open} title={labels.settings}>
        <Icon of={ALargeSmall} />
        <span>{labels.settings}</span>
      </button>
      <div id="reading-settings" popover="auto" className={styles.panel}>
        {hasCorrections && group('reading')}
        {(['size', 'face', 'leading', 'measure', 'theme', 'margins'] as const).map(group)}
        {children}
      </div>
    </section>
  );
}
