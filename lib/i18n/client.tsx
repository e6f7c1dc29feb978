'use client';
import { createContext, type ReactNode, useContext, useMemo } from 'react';
import type { Key, Namespace } from './catalogues';
import type { Locale } from './locales';
import { type CompiledMessages, makeTranslate, type Translate } from './translate';

type Texts = { locale: Locale; messages: Partial<Record<Namespace, CompiledMessages>> };

const TextsContext = createContext<Texts>({ locale: 'en', messages: {} });

/** Adds `messages` to those of an outer provider. Used through `ClientMessages` of ./server. */
export function MessagesProvider({ locale, messages, children }: Texts & { children: ReactNode }) {
  const outer = useContext(TextsContext);
  const value = useMemo(
    () => ({ locale, messages: { ...outer.messages, ...messages } }),
    [locale, messages, outer],
  );
  return <TextsContext value={value}>{children}</TextsContext>;
}

/** The language of the page. */
export function useLocale(): Locale {
  return useContext(TextsContext).locale;
}

/** The texts of a namespace. Throws where no outer `ClientMessages` provides that namespace. */
export function useTranslations<N extends Namespace>(namespace: N): Translate<Key<N>> {
  const { locale, messages } = useContext(TextsContext);
  const texts = messages[namespace];
  if (!texts) throw new Error(`No ClientMessages around gives the namespace "${namespace}".`);
  return useMemo(() => makeTranslate(locale, texts), [locale, texts]);
}
