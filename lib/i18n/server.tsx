import { cookies, headers } from 'next/headers';
import type { ReactNode } from 'react';
import { compiledMessages, type Key, type Namespace } from './catalogues';
import { MessagesProvider } from './client';
import { isLocale, type Locale, negotiateLocale, translator } from './index';
import type { Translate } from './translate';

/** The language of this request: as server.ts negotiated it (`x-scholion-locale`), else negotiated here. */
export async function requestLocale(): Promise<Locale> {
  const sent = await headers();
  const negotiated = sent.get('x-scholion-locale');
  if (isLocale(negotiated)) return negotiated;
  return negotiateLocale((await cookies()).get('locale')?.value, sent.get('accept-language'));
}

/** The texts of a namespace in the language of this request, for a server component. */
export async function getTranslator<N extends Namespace>(namespace: N): Promise<Translate<Key<N>>> {
  return translator(await requestLocale(), namespace);
}

/** Provides the texts of `namespaces` to the client components inside it. */
export async function ClientMessages({
  namespaces,
  children,
}: {
  namespaces: Namespace[];
  children: ReactNode;
}) {
  const locale = await requestLocale();
  const messages = Object.fromEntries(namespaces.map((name) => [name, compiledMessages(locale, name)]));
  return (
    <MessagesProvider locale={locale} messages={messages}>
      {children}
    </MessagesProvider>
  );
}
