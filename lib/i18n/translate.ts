import format, { type CompiledMessage } from 'icu-minify/format';
import { createElement, Fragment, type ReactNode } from 'react';
import type { Locale } from './locales';

export type CompiledMessages = Record<string, CompiledMessage>;

type Value = string | number | boolean | Date;
type Tag = (chunks: ReactNode) => ReactNode;

/** Gives the text of a key. `rich` also takes functions for the tags in a message: `<b>…</b>` and `{ b: (c) => … }`. */
export type Translate<Key extends string> = {
  (key: Key, values?: Record<string, Value>): string;
  rich: (key: Key, values: Record<string, Value | Tag>) => ReactNode;
};

// In one zone for all: a page that the server makes must not change its days when the browser takes it over.
const timeZone = 'UTC';

/** `{when, date, long}` in a message picks one of these. */
const formats: { dateTime: Record<'short' | 'long' | 'moment', Intl.DateTimeFormatOptions> } = {
  dateTime: {
    short: { year: 'numeric', month: '2-digit', day: '2-digit', timeZone },
    long: { year: 'numeric', month: 'long', day: 'numeric', timeZone },
    moment: {
      ...{ year: 'numeric', month: 'short', day: 'numeric' },
      ...{ hour: '2-digit', minute: '2-digit', timeZoneName: 'short', timeZone },
    },
  },
};

// Making a formatter costs far more than using it.
const made = new Map<string, unknown>();

function once<T>(kind: string, locale: unknown, options: unknown, make: () => T): T {
  const key = `${kind} ${locale} ${JSON.stringify(options)}`;
  if (!made.has(key)) made.set(key, make());
  return made.get(key) as T;
}

/** What stands between thousands in each language, as CLDR has it. */
const THOUSANDS: Record<Locale, string> = { en: ',', ru: '\u00a0', ro: '.' };

/** What a message asks of a format of numbers, without Intl: the first one that a page makes takes some 15 ms. */
function countFormat(locale: Locale): Intl.NumberFormat {
  const format = (value: number) =>
    Number.isSafeInteger(value) && value >= 0
      ? String(value).replace(/\B(?=(\d{3})+$)/g, THOUSANDS[locale])
      : once('number', locale, undefined, () => new Intl.NumberFormat(locale)).format(value);
  return { format } as Intl.NumberFormat;
}

const formatters = {
  getDateTimeFormat: (...args: ConstructorParameters<typeof Intl.DateTimeFormat>) =>
    once('date', args[0], args[1], () => new Intl.DateTimeFormat(...args)),
  getNumberFormat: (...args: ConstructorParameters<typeof Intl.NumberFormat>) =>
    args[1]
      ? once('number', args[0], args[1], () => new Intl.NumberFormat(...args))
      : countFormat(args[0] as Locale),
  getPluralRules: (...args: ConstructorParameters<typeof Intl.PluralRules>) =>
    once('plural', args[0], args[1], () => new Intl.PluralRules(...args)),
};

/**
 * A translator over messages that were compiled beforehand: the only part of the machinery that a browser loads.
 * A key that is not there gives itself back, its {placeholders} filled: a problem's sentences are their own keys.
 */
export function makeTranslate<Key extends string>(
  locale: Locale,
  messages: CompiledMessages,
): Translate<Key> {
  function parts(key: Key, values: Record<string, unknown>): ReactNode | ReactNode[] {
    const message =
      messages[key] ?? key.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
    return format<ReactNode>(message, locale, values as Record<string, Value>, { formats, formatters });
  }
  function translate(key: Key, values: Record<string, Value> = {}): string {
    return String(parts(key, values));
  }
  translate.rich = function rich(key: Key, values: Record<string, Value | Tag>): ReactNode {
    const found = parts(key, values);
    return Array.isArray(found) ? createElement(Fragment, null, ...found) : found;
  };
  return translate;
}

/** `when` in the manner of `locale`: a day, or a moment with `time`. */
export function formatDate(locale: Locale, when: Date, { time = false } = {}): string {
  return formatters
    .getDateTimeFormat(locale, time ? formats.dateTime.moment : formats.dateTime.long)
    .format(when);
}
