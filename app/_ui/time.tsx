'use client';
import { type PointerEvent, useEffect, useState } from 'react';
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
 * A moment as "3 days ago", with the exact time in the reader's zone once it is pointed at. Intl is left alone until then:
 * its first format of a time, by itself, would take as long as all the cards beside a page.
 */
export function RelativeTime({ when }: { when: string }) {
  const t = useTranslations('common');
  const locale = useLocale();
  const date = new Date(when);
  // Another machine's clock may be a little ahead.
  const seconds = Math.max(0, (Date.now() - date.getTime()) / 1000);
  const [unit, size] = STEPS.find(([, size]) => seconds >= size) ?? ['minute', 60];

  function tell({ currentTarget }: PointerEvent<HTMLTimeElement>): void {
    currentTarget.title ||= formatDate(locale, date, { time: true, zone: 'local' });
  }

  return (
    // Between the server's answer and the browser's first look a minute may have passed.
    <time dateTime={when} onPointerEnter={tell} suppressHydrationWarning>
      {t(`ago_${unit}`, { n: Math.round(seconds / size) })}
    </time>
  );
}

/** A day, or with `withTime` the minute too, in the reader's zone. The server does not know the zone, and writes UTC. */
export function LocalTime({ when, withTime = false }: { when: string; withTime?: boolean }) {
  const locale = useLocale();
  const [zone, setZone] = useState<'utc' | 'local'>('utc');
  useEffect(() => setZone('local'), []);
  return <time dateTime={when}>{formatDate(locale, new Date(when), { time: withTime, zone })}</time>;
}
