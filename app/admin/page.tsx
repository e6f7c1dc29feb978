import { Plus, ShieldCheck, UserX } from 'lucide';
import { notFound } from 'next/navigation';
import { listEditions } from '@/lib/edition';
import { requireViewer } from '@/lib/group/page-viewer';
import { ClientMessages, getTranslator } from '@/lib/i18n/server';
import { listAccounts } from '@/lib/identity';
import { isId } from '@/lib/kernel/ids';
import { canOnSite } from '@/lib/policy';
import { Person } from '../_ui/avatar';
import { StateLabel } from '../_ui/badge';
import { Button, ButtonLink } from '../_ui/button';
import { SearchField } from '../_ui/field';
import { EmptyState } from '../_ui/notice';
import { PageHead } from '../_ui/page-head';
import { RowActions, Table } from '../_ui/table';
import { LocalTime } from '../_ui/time';
import { AddAccountForm } from './add-account-form';
import { ImagesEditionForm } from './images-edition-form';

type Asked = Promise<{ q?: string | string[]; cursor?: string | string[] }>;

export async function generateMetadata() {
  const t = await getTranslator('account');
  return { title: t('admin.title') };
}

export default async function AdminPage({ searchParams }: { searchParams: Asked }) {
  const viewer = await requireViewer('/admin');
  if (!canOnSite(viewer, 'manage-accounts')) notFound();
  const asked = await searchParams;
  const [q] = [asked.q].flat();
  const [cursor] = [asked.cursor].flat();
  const t = await getTranslator('account');
  const images = await getTranslator('canvas');
  const texts = await getTranslator('texts');
  const jobs = await getTranslator('notices');
  const [accounts, editions] = await Promise.all([
    listAccounts(viewer, { words: q, cursor: cursor && isId(cursor) ? cursor : undefined }),
    listEditions(viewer),
  ]);
  return (
    <main id="main" className="page stack">
      <PageHead title={t('admin.title')}>
        <ButtonLink href="/admin/jobs">{jobs('jobs.title')}</ButtonLink>
      </PageHead>
      <h2>{t('admin.accounts')}</h2>
      <search>
        <form className="row">
          <SearchField name="q" label={t('admin.search')} defaultValue={q} />
          <Button type="submit">{t('admin.find')}</Button>
        </form>
      </search>
      {accounts.items.length === 0 && <EmptyState icon={UserX} title={t('admin.none')} />}
      <Table
        caption={t('admin.accounts')}
        rows={accounts.items}
        keyOf={({ id }) => id}
        columns={[
          { head: t('admin.name'), cell: ({ name }) => <Person name={name} /> },
          { head: t('signin.email'), cell: ({ email }) => email },
          { head: t('admin.since'), cell: ({ created }) => <LocalTime when={created} /> },
          {
            head: t('admin.stateTitle'),
            cell: ({ admin, state }) => (
              <>
                {state === 'deactivated' && (
                  <StateLabel icon={UserX}>{t('admin.state.deactivated')}</StateLabel>
                )}
                {admin && <StateLabel icon={ShieldCheck}>{t('admin.isAdmin')}</StateLabel>}
                {!admin && state === 'active' && t('admin.state.active')}
              </>
            ),
          },
          {
            head: '',
            cell: ({ id, name, email }) => (
              <RowActions>
                <ButtonLink
                  href={`/admin/accounts/${id}`}
                  small
                  aria-label={t('admin.manageThis', { name: name || (email ?? '') })}
                >
                  {t('admin.manage')}
                </ButtonLink>
              </RowActions>
            ),
          },
        ]}
      />
      {accounts.next && (
        <p>
          <ButtonLink href={`/admin?${new URLSearchParams({ ...(q && { q }), cursor: accounts.next })}`}>
            {t('admin.more')}
          </ButtonLink>
        </p>
      )}
      <h2>{t('admin.add')}</h2>
      <ClientMessages namespaces={['account']}>
        <AddAccountForm />
      </ClientMessages>
      <h2>{t('admin.editions')}</h2>
      <p className="muted">{t('admin.editionsHint')}</p>
      <p>
        <ButtonLink href="/texts/new" icon={Plus}>
          {texts('add')}
        </ButtonLink>
      </p>
      <Table
        caption={t('admin.editions')}
        rows={editions}
        keyOf={({ slug }) => slug}
        columns={[
          {
            head: t('admin.title2'),
            cell: ({ slug, title, language }) => (
              // Loaded as a whole: the server writes its text once (KeptHtml).
              <a href={`/editions/${slug}`} lang={language} dir="auto">
                {title}
              </a>
            ),
          },
          { head: t('admin.rev'), cell: ({ revision }) => revision, isFigure: true },
          {
            head: '',
            cell: ({ slug }) => (
              <RowActions>
                <ButtonLink href={`/texts/${slug}`} small prefetch={false}>
                  {texts('replace')}
                </ButtonLink>
                <ButtonLink href={`/admin/editions/${slug}`} small prefetch={false}>
                  {t('admin.correct')}
                </ButtonLink>
              </RowActions>
            ),
          },
        ]}
      />
      <h3>{images('manage.newEdition')}</h3>
      <ClientMessages namespaces={['canvas']}>
        <ImagesEditionForm />
      </ClientMessages>
    </main>
  );
}
