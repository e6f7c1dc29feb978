'use client';
import { Highlighter } from 'lucide';
import { lazy } from '@/app/_ui/lazy';
import { useTranslations } from '@/lib/i18n/client';
import { useReader } from '../state/use-reader';
import { Disclosure } from './disclosure';

const DisplayPanel = lazy(() => import('./display-panel'));

/** The button that says how notes are marked; its panel is loaded when it is opened. */
export function DisplayMenu() {
  const t = useTranslations('annotation');
  const highlights = useReader((state) => state.highlights);
  const label = t('highlightsNow', { choice: t(`highlights_${highlights}`) });
  return (
    <Disclosure icon={Highlighter} label={label} isIconAlone>
      <DisplayPanel waiting={<p>{t('loading')}</p>} />
    </Disclosure>
  );
}
