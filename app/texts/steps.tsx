import { Check } from 'lucide';
import { Icon } from '@/app/_ui/icon';
import { getTranslator } from '@/lib/i18n/server';
import styles from './texts.module.css';

const STEPS = ['file', 'report', 'publish'] as const;

/** Where one is on the way of a text into the library. */
export async function Steps({ current }: { current: (typeof STEPS)[number] }) {
  const t = await getTranslator('texts');
  const at = STEPS.indexOf(current);
  return (
    <ol className={styles.steps} aria-label={t('steps')}>
      {STEPS.map((step, i) => (
        <li key={step} aria-current={i === at ? 'step' : undefined}>
          <span aria-hidden="true">{i < at ? <Icon of={Check} small /> : i + 1}</span>
          {t(`step.${step}`)}
        </li>
      ))}
    </ol>
  );
}
