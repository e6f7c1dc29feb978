import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { requestLocale } from '@/lib/i18n/server';
import { nullIfNotFound } from '@/lib/kernel/errors';
import { getStatement } from '@/lib/privacy';

type Props = { params: Promise<{ statement: string }> };

async function loadStatement({ params }: Props) {
  const statement = await nullIfNotFound(getStatement((await params).statement, await requestLocale()));
  return statement ?? notFound();
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  return { title: (await loadStatement(props)).title };
}

/** A statement of this server: on privacy, on consent to research, on accessibility, on what is not done. */
export default async function StatementPage(props: Props) {
  const { title, html } = await loadStatement(props);
  return (
    <main id="main" className="page form stack">
      <h1>{title}</h1>
      {/* biome-ignore lint/security/noDangerouslySetInnerHtml: sanitised by lib/markdown */}
      <div className="stack" dangerouslySetInnerHTML={{ __html: html }} />
    </main>
  );
}
