import Link from 'next/link';
import { notFound } from 'next/navigation';
import { AccountChanges } from '@/app/account/account-changes';
import { requireViewer } from '@/lib/group/page-viewer';
import { ClientMessages, getTranslator } from '@/lib/i18n/server';
import { getAccount } from '@/lib/identity';
import { nullIfNotFound } from '@/lib/kernel/errors';
import { canOnSite } from '@/lib/policy';
import { AccountActions } from './account-actions';
import { MergeForm } from './merge-form';

type Params = Promise<{ id: string }>;

export async function generateMetadata() {
  const t = await getTranslator('account');
  return { title: t('admin.title') };
}

export default async function ManagedAccountPage({ params }: { params: Params }) {
  const { id } = await params;
  const viewer = await requireViewer(`/admin/accounts/${id}`);
  if (!canOnSite(viewer, 'manage-accounts')) notFound();
  const account = await nullIfNotFound(getAccount(viewer, id));
  if (!account) notFound();
  const t = await getTranslator('account');
  const { name, email, admin, state, changes } = account;
  const facts = [email, admin && t('admin.isAdmin'), t(`admin.state.${state}`)].filter(Boolean);
  return (
    <main id="main" className="page form stack">
      <p>
        <Link href="/admin">{t('admin.back')}</Link>
      </p>
      <h1>{name || email}</h1>
      <p className="muted">{facts.join(' · ')}</p>
      {state !== 'deleted' && (
        <ClientMessages namespaces={['account']}>
          <AccountActions account={account} isSelf={viewer.id === id} />
          {viewer.id !== id && <MergeForm id={id} name={name} />}
        </ClientMessages>
      )}
      <h2>{t('admin.changes')}</h2>
      <AccountChanges title={t('admin.changes')} changes={changes} />
    </main>
  );
}
