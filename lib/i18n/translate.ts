import format, { type CompiledMessage } from 'icu-minify/format';
import { createElement, Fragment, type ReactNode } from 'react';
import type { Locale } from './locales';

export type CompiledMessages = Record<string, CompiledMessage>;

type Value = string | number | boolean | Date;
type Tag = (chunks: ReactNode) => ReactNode;

/** Returns the text of a key. `rich` also takes functions for the tags in a message: `<b>…</b>` and `{ b: (c) => … }`. */
export type Translate<Key extends string> = {
  (key: Key, values?: Record<string, Value>): string;
  rich: (key: Key, values: Record<string, Value | Tag>) => ReactNode;
};

// One time zone for all, so that dates do not change when a page from the server hydrates in the browser.
const timeZone = 'UTC';

/** The formats that `{when, date, long}` in a message can name. */
const formats: { dateTime: Record<'short' | 'long' | 'moment', Intl.DateTimeFormatOptions> } = {
  dateTime: {
    short: { year: 'numeric', month: '2-digit', day: '2-digit', timeZone },
    long: { year: 'numeric', month: 'long', day: 'numeric', timeZone },
    moment: {
      year: 'numeric',
      month: 'short',
      day: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      timeZoneName: 'short',
      timeZone,
    },
  },
};

// To create a formatter costs far more than to use it.
const made = new Map<string, unknown>();

function once<T>(kind: string, locale: unknown, options: unknown, make: () => T): T {
  const key = `${kind} ${locale} ${JSON.stringify(options)}`;
  if (!made.has(key)) made.set(key, make());
  return made.get(key) as T;
}

/** The thousands separator of each language (CLDR). */
const THOUSANDS: Record<Locale, string> = { en: ',', ru: '\u00a0', ro: '.' };

/** The number format of messages without Intl, whose first formatter takes a page some 15 ms. */
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
 * A translator over compiled messages: the only part of this room that a browser loads. A missing key is returned itself,
 * with its {placeholders} filled, because the sentences of problems are their own keys.
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

/**
 * `when` in the format of `locale`: the day, or with `time` the minute too; in UTC, whose name is then said, or in the
 * zone of this browser.
 */
export function formatDate(
  locale: Locale,
  when: Date,
  { time = false, zone = 'utc' }: { time?: boolean; zone?: 'utc' | 'local' } = {},
): string {
  const format = time ? formats.dateTime.moment : formats.dateTime.long;
  const here = { ...format, timeZone: undefined, timeZoneName: undefined };
  return formatters.getDateTimeFormat(locale, zone === 'utc' ? format : here).format(when);
}
