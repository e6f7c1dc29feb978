import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import type { ReactNode } from 'react';
import { config } from '@/lib/config';
import { ClientMessages } from '@/lib/i18n/server';
import { ColourParts } from './colour-parts';
import styles from './design.module.css';
import { FieldParts } from './field-parts';
import { OverlayParts } from './overlay-parts';
import { SignParts } from './sign-parts';
import { TypeParts } from './type-parts';

export const metadata: Metadata = { title: 'Parts', robots: { index: false } };

/**
 * Every part of the interface in every state, for those who build pages: in development, and on a server with demo
 * accounts. It is written in English alone, as the code is.
 */
export default function DesignPage() {
  const { NODE_ENV, SCHOLION_DEMO } = config();
  if (NODE_ENV === 'production' && SCHOLION_DEMO !== '1') notFound();
  return (
    <main id="main" className="page" lang="en">
      <h1>Parts</h1>
      <p className="lead">
        Every part of the interface in every state. A page is made of these and of nothing else; the rules
        stand in docs/design.md.
      </p>
      <ClientMessages namespaces={['common']}>
        <Part title="Colour">
          <ColourParts />
        </Part>
        <Part title="Type">
          <TypeParts />
        </Part>
        <Part title="Buttons and fields">
          <FieldParts />
        </Part>
        <Part title="Signs, lists and tables">
          <SignParts />
        </Part>
        <Part title="Over the page">
          <OverlayParts />
        </Part>
      </ClientMessages>
    </main>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={styles.part} aria-label={title}>
      <h2>{title}</h2>
      <div className={styles.shown}>{children}</div>
    </section>
  );
}
