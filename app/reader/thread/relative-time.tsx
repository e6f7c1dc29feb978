'use client';
import type { PointerEvent } from 'react';
import { useLocale, useTranslations } from '@/lib/i18n/client';
import { formatDate } from '@/lib/i18n/translate';

const STEPS = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const;

/**
 * A moment as "3 days ago", with the exact time once it is pointed at. Intl is left alone until then: its first format
 * of a time, by itself, would take as long as all the cards beside a page.
 */
export function RelativeTime({ when }: { when: string }) {
  const t = useTranslations('annotation');
  const locale = useLocale();
  const date = new Date(when);
  // Another machine's clock may be a little ahead.
  const seconds = Math.max(0, (Date.now() - date.getTime()) / 1000);
  const [unit, size] = STEPS.find(([, size]) => seconds >= size) ?? ['minute', 60];

  function tell({ currentTarget }: PointerEvent<HTMLTimeElement>): void {
    currentTarget.title ||= formatDate(locale, date, { time: true });
  }

  return (
    <time dateTime={when} onPointerEnter={tell}>
      {t(`ago_${unit}`, { n: Math.round(seconds / size) })}
    </time>
  );
}
