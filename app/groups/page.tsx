import Link from 'next/link';
import { listEditions } from '@/lib/edition';
import { type Group, listGroups } from '@/lib/group';
import { pageViewer } from '@/lib/group/page-viewer';
import { ClientMessages, getTranslator } from '@/lib/i18n/server';
import { ButtonLink } from '../_ui/button';
import { EmptyState, Notice } from '../_ui/notice';
import { CreateGroupForm } from './create-group-form';

export async function generateMetadata() {
  const t = await getTranslator('groups');
  return { title: t('list.title') };
}

export default async function GroupsPage() {
  const viewer = await pageViewer();
  const t = await getTranslator('groups');
  const common = await getTranslator('common');
  const [groups, editions] = await Promise.all([listGroups(viewer), listEditions(viewer)]);
  const mine = groups.filter(({ role }) => role !== null);
  const others = groups.filter(({ role }) => role === null);
  return (
    <main id="main" className="page stack">
      <h1>{t('list.title')}</h1>
      {viewer.id === null ? (
        <Notice>
          <p>{t('list.signIn')}</p>
          <ButtonLink href="/signin?callbackUrl=/groups" look="primary">
            {common('signIn')}
          </ButtonLink>
        </Notice>
      ) : (
        <>
          <h2>{t('list.mine')}</h2>
          {mine.length === 0 ? (
            <EmptyState title={t('list.none')}>
              <p>{t('list.noneText')}</p>
            </EmptyState>
          ) : (
            <GroupList groups={mine} />
          )}
        </>
      )}
      {others.length > 0 && (
        <>
          <h2>{t('list.public')}</h2>
          <GroupList groups={others} />
        </>
      )}
      {viewer.id !== null && (
        <>
          <h2>{t('create.title')}</h2>
          <ClientMessages namespaces={['groups']}>
            <CreateGroupForm editions={editions.map(({ slug, title }) => ({ slug, title }))} />
          </ClientMessages>
        </>
      )}
    </main>
  );
}

async function GroupList({ groups }: { groups: Group[] }) {
  const t = await getTranslator('groups');
  return (
    <ul>
      {groups.map(({ slug, name, role, members }) => (
        <li key={slug}>
          <Link href={`/groups/${slug}`}>{name}</Link>
          <span className="muted">
            {role && ` · ${t(`role.${role}`)}`} · {t('members', { count: members })}
          </span>
        </li>
      ))}
    </ul>
  );
}
