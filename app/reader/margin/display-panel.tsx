'use client';
import { Keyboard, NotebookPen } from 'lucide';
import { Button } from '@/app/_ui/button';
import { Segments } from '@/app/_ui/segments';
import { useTranslations } from '@/lib/i18n/client';
import { HIGHLIGHT_CHOICES, type HighlightChoice, keepHighlightChoice } from '../data/highlight-choice';
import { setShortcuts } from '../select/shortcuts';
import { startKeyboardSelection } from '../state/keyboard-selection';
import { useReader, useReaderStore } from '../state/use-reader';
import { PENCIL_LINES } from '../text/pencil-lines';
import styles from './display-panel.module.css';

/** How notes are marked in the text, what the marks mean, and what can be done without words selected by hand. */
export default function DisplayPanel() {
  const t = useTranslations('annotation');
  const store = useReaderStore();
  const highlights = useReader((state) => state.highlights);
  const shortcuts = useReader((state) => state.shortcuts);
  const canWrite = useReader(({ draftScope }) => draftScope !== null);
  function choose(choice: HighlightChoice): void {
    store.set({ highlights: choice });
    keepHighlightChoice(choice);
  }
  function writeOnSection(): void {
    const target = { section: store.getState().section, start: null, end: null, exact: '' };
    store.dispatch({ type: 'openEditor', purpose: { what: 'gloss', target } });
  }
  return (
    <>
      <div className={styles.setting}>
        <span>{t('highlights')}</span>
        <Segments
          label={t('highlights')}
          value={highlights}
          options={HIGHLIGHT_CHOICES.map((value) => ({ value, text: t(`highlights_${value}`) }))}
          onChoose={choose}
        />
      </div>
      <dl className={styles.legend} aria-label={t('legend')}>
        {[...PENCIL_LINES, 'new' as const, 'active' as const].map((line) => (
          <div key={line}>
            <dt aria-hidden="true">
              <span className={styles[line]}>{t('legendSample')}</span>
            </dt>
            <dd>{t(`legend_${line}`)}</dd>
          </div>
        ))}
        <div>
          <dt aria-hidden="true">‖</dt>
          <dd>{t('legend_parallel')}</dd>
        </div>
      </dl>
      <div className={styles.actions}>
        {canWrite && (
          <Button look="quiet" small icon={NotebookPen} onClick={writeOnSection}>
            {t('glossSection')}
          </Button>
        )}
        {canWrite && (
          <Button
            look="quiet"
            small
            icon={Keyboard}
            onClick={(event) => startKeyboardSelection(store, event.currentTarget)}
          >
            {t('keyboardMode')}
          </Button>
        )}
        <label className={styles.choice}>
          <input
            type="checkbox"
            checked={shortcuts}
            onChange={(event) => setShortcuts(store, event.target.checked)}
          />
          {t('shortcuts')}
        </label>
      </div>
    </>
  );
}
