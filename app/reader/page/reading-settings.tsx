'use client';
import { useEffect, useState } from 'react';
import styles from './reading-settings.module.css';

/** The choices of each setting, by the data attribute of `<html>` that holds it; the first is the default. */
const CHOICES = {
  reading: ['printed', 'corrected'],
  size: ['medium', 'small', 'large', 'huge'],
  face: ['serif', 'sans'],
  margins: ['on', 'off'],
} as const;

type Setting = keyof typeof CHOICES;
/**
 * How the text looks in this browser: its size, its typeface, and which readings it shows. `public/reading.js` applies
 * and keeps the choices, because it runs before React does.
 */
export function ReadingSettings({
  labels,
  hasCorrections,
}: {
  /** Texts by setting and choice: `size`, `size_small`, …, and `settings`. */
  labels: Record<string, string>;
  hasCorrections: boolean;
}) {
  const [chosen, setChosen] = useState<Partial<Record<Setting, string>>>({});
  useEffect(() => {
    const { reading, size, face, margins } = document.documentElement.dataset;
    setChosen({ reading, size, face, margins });
  }, []);

  function group(setting: Setting) {
    return (
      <fieldset key={setting}>
        <legend>{labels[setting]}</legend>
        {CHOICES[setting].map((choice) => (
          <label key={choice}>
            <input
              type="radio"
              name={`reading-${setting}`}
              value={choice}
              checked={(chosen[setting] ?? CHOICES[setting][0]) === choice}
              onChange={() => setChosen({ ...chosen, [setting]: choice })}
            />
            {labels[`${setting}_${choice}`]}
          </label>
        ))}
      </fieldset>
    );
  }

  return (
    <section className={styles.bar} aria-label={labels.settings}>
      {hasCorrections && group('reading')}
      <button type="button" popoverTarget="reading-settings" className={styles.open}>
        {labels.settings}
      </button>
      <div id="reading-settings" popover="auto" className={styles.panel}>
        {group('size')}
        {group('face')}
        {group('margins')}
      </div>
    </section>
  );
}
