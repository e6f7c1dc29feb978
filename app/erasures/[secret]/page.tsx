import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { LocalTime } from '@/app/_ui/time';
import { getTranslator } from '@/lib/i18n/server';
import { nullIfNotFound } from '@/lib/kernel/errors';
import { getErasure } from '@/lib/privacy';

type Props = { params: Promise<{ secret: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslator('privacy'))('result.title'), robots: { index: false } };
}

/** The result of an erasure, for whoever has its address: they have no account any more. */
export default async function ErasurePage({ params }: Props) {
  const erasure = await nullIfNotFound(getErasure((await params).secret));
  if (!erasure) notFound();
  const t = await getTranslator('privacy');
  const { result, due, done } = erasure;
  return (
    <main id="main" className="page form stack">
      <h1>{t('result.title')}</h1>
      {result === null || done === null ? (
        <>
          <p>{t('result.begun')}</p>
          <p>
            {t('result.due')} <LocalTime when={due} withTime />
          </p>
        </>
      ) : (
        <>
          <p>
            {t('result.done')} <LocalTime when={done} withTime />
          </p>
          <ul>
            <li>{t('result.removed', { count: result.removed })}</li>
            <li>{t('result.anonymised', { count: result.anonymised })}</li>
            <li>{t('result.versions', { count: result.versions })}</li>
            <li>{t('result.mentions', { count: result.mentions })}</li>
            <li>{t('result.rows', { count: result.rows })}</li>
          </ul>
          {result.named > 0 && <p>{t('result.named', { count: result.named })}</p>}
        </>
      )}
      <p className="muted">{t('result.keep')}</p>
    </main>
  );
}
