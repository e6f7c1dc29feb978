'use client';
import { useLocale } from '@/lib/i18n/client';
import { formatDate } from '@/lib/i18n/translate';

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

// Making one costs more than all that it is then used for.
const formats = new Map<string, Intl.RelativeTimeFormat>();

function formatOf(locale: string): Intl.RelativeTimeFormat {
  const format = formats.get(locale) ?? new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  formats.set(locale, format);
  return format;
}

/** A moment as "3 days ago", with the exact time to look up. */
export function RelativeTime({ when }: { when: string }) {
  const locale = useLocale();
  const date = new Date(when);
  const seconds = (date.getTime() - Date.now()) / 1000;
  const [unit, size] = STEPS.find(([, size]) => Math.abs(seconds) >= size) ?? ['minute', 60];
  const words = formatOf(locale).format(Math.round(seconds / size), unit);
  return (
    <time dateTime={when} title={formatDate(locale, date, { time: true })}>
      {words}
    </time>
  );
}
