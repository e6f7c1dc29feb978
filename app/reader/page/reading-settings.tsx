'use client';
import { ALargeSmall, Printer } from 'lucide';
import { useEffect, useState } from 'react';
import { Button } from '@/app/_ui/button';
import { Icon } from '@/app/_ui/icon';
import { THEMES } from '@/app/_ui/theme';
import styles from './reading-settings.module.css';

/** The choices of each setting, by the data attribute of `<html>` that holds it, in their order. */
const CHOICES = {
  reading: ['printed', 'corrected'],
  size: ['small', 'medium', 'large', 'huge'],
  face: ['serif', 'sans'],
  leading: ['close', 'book', 'open'],
  measure: ['narrow', 'book', 'wide'],
  theme: THEMES,
  margins: ['on', 'off'],
  print: ['none', 'foot', 'end'],
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
  print: 'none',
};

/**
 * How the text looks in this browser, and which readings it shows. `public/theme.js` applies and keeps the choices,
 * because it runs before React does.
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
    const { dataset } = document.documentElement;
    setChosen(Object.fromEntries(Object.keys(CHOICES).map((name) => [name, dataset[name]])));
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
        {group('print')}
        <div className={styles.print}>
          <Button icon={Printer} onClick={printWithNotes}>
            {labels.printNow}
          </Button>
        </div>
      </div>
    </section>
  );
}

/** Milliseconds that the notes of a sheet are waited for. */
const PATIENCE = 5000;

/** Prints once the notes are there that go on the sheet: printing itself waits for nothing. */
async function printWithNotes(): Promise<void> {
  document.querySelector<HTMLElement>('#reading-settings')?.hidePopover();
  const end = performance.now() + PATIENCE;
  const isPending = () => document.querySelector('[data-print-pending="true"]') !== null;
  do await new Promise((resolve) => setTimeout(resolve, 100));
  while (isPending() && performance.now() < end);
  window.print();
}
