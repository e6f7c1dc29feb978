'use client';
import { Printer } from 'lucide';
import { Button } from '@/app/_ui/button';
import { useTranslations } from '@/lib/i18n/client';
import styles from './sheet.module.css';

/** Opens the browser's dialog for printing. */
export function PrintButton() {
  const t = useTranslations('assignments');
  return (
    <span className={styles.screen}>
      <Button icon={Printer} onClick={() => window.print()}>
        {t('sheet.print')}
      </Button>
    </span>
  );
}
