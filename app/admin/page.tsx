import Link from 'next/link';
import { notFound } from 'next/navigation';
import { listEditions } from '@/lib/edition';
import { requireViewer } from '@/lib/group/page-viewer';
import { formatDate } from '@/lib/i18n';
import { ClientMessages, getTranslator, requestLocale } from '@/lib/i18n/server';
import { listAccounts } from '@/lib/identity';
import { isId } from '@/lib/kernel/ids';
import { canOnSite } from '@/lib/policy';
import { Button, ButtonLink } from '../_ui/button';
import { Field } from '../_ui/field';
import { AddAccountForm } from './add-account-form';
import { ImagesEditionForm } from './images-edition-form';

type Asked = Promise<{ q?: string; cursor?: string }>;

export async function generateMetadata() {
  const t = await getTranslator('account');
  return { title: t('admin.title') };
}

export default async function AdminPage({ searchParams }: { searchParams: Asked }) {
  const viewer = await requireViewer('/admin');
  if (!canOnSite(viewer, 'manage-accounts')) notFound();
  const { q, cursor } = await searchParams;
  const t = await getTranslator('account');
  const images = await getTranslator('canvas');
  const texts = await getTranslator('texts');
  const locale = await requestLocale();
  const [accounts, editions] = await Promise.all([
    listAccounts(viewer, { words: q, cursor: cursor && isId(cursor) ? cursor : undefined }),
    listEditions(viewer),
  ]);
  return (
    <main id="main" className="page stack">
      <h1>{t('admin.title')}</h1>
      <h2>{t('admin.accounts')}</h2>
      <form className="stack">
        <Field label={t('admin.search')} name="q" type="search" defaultValue={q} />
        <Button type="submit">{t('admin.find')}</Button>
      </form>
      {accounts.items.length === 0 && <p>{t('admin.none')}</p>}
      <div className="wide">
        <table>
          <thead>
            <tr>
              <th scope="col">{t('admin.name')}</th>
              <th scope="col">{t('signin.email')}</th>
              <th scope="col">{t('admin.since')}</th>
              <td />
            </tr>
          </thead>
          <tbody>
            {accounts.items.map(({ id, name, email, created, admin }) => (
              <tr key={id}>
                <th scope="row">{name}</th>
                <td>{email}</td>
                <td>{formatDate(locale, new Date(created))}</td>
                <td>{admin && t('admin.isAdmin')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {accounts.next && (
        <Link href={`/admin?${new URLSearchParams({ ...(q && { q }), cursor: accounts.next })}`}>
          {t('admin.more')}
        </Link>
      )}
      <h2>{t('admin.add')}</h2>
      <ClientMessages namespaces={['account']}>
        <AddAccountForm />
      </ClientMessages>
      <h2>{t('admin.editions')}</h2>
      <p className="muted">{t('admin.editionsHint')}</p>
      <p>
        <ButtonLink href="/texts/new">{texts('add')}</ButtonLink>
      </p>
      <ul>
        {editions.map(({ slug, title, language, revision }) => (
          <li key={slug}>
            <Link href={`/editions/${slug}`} lang={language} prefetch={false}>
              {title}
            </Link>
            <span className="muted"> · {t('admin.revision', { number: revision })} · </span>
            <Link href={`/admin/editions/${slug}`}>{t('admin.correct')}</Link>
            <span className="muted"> · </span>
            <Link href={`/texts/${slug}`}>{texts('replace')}</Link>
          </li>
        ))}
      </ul>
      <h3>{images('manage.newEdition')}</h3>
      <ClientMessages namespaces={['canvas']}>
        <ImagesEditionForm />
      </ClientMessages>
    </main>
  );
}
