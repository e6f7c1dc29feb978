import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import { ClientMessages, getTranslator, requestLocale } from '@/lib/i18n/server';
import './_ui/tokens.css';
import './_ui/base.css';
import { SiteFooter } from './_site/site-footer';
import { SiteHeader } from './_site/site-header';
import { PreloadedFaces } from './_ui/preloaded-faces';
import { ToastRegion } from './_ui/toast';

export async function generateMetadata(): Promise<Metadata> {
  const description = (await getTranslator('home'))('lead');
  return { title: { default: 'Scholion', template: '%s · Scholion' }, description };
}

export const viewport: Viewport = { width: 'device-width', initialScale: 1 };

export default async function RootLayout({ children }: { children: ReactNode }) {
  const locale = await requestLocale();
  return (
    // `theme.js` sets the theme on this element before React hydrates it.
    <html lang={locale} suppressHydrationWarning>
      <head>
        <PreloadedFaces language={locale} faces={['source-sans-3', 'source-serif-4']} />
        <script src="/theme.js" />
      </head>
      <body>
        <ClientMessages namespaces={['common']}>
          <SiteHeader />
          {children}
          <SiteFooter />
          <ToastRegion />
        </ClientMessages>
      </body>
    </html>
  );
}
