import { notFound } from 'next/navigation';
import { listInvitations, listInvitedMembers, listMembers, listSubgroups } from '@/lib/group';
import { requireViewer } from '@/lib/group/page-viewer';
import { ClientMessages, getTranslator } from '@/lib/i18n/server';
import { loadGroup } from '../load-group';
import { AddMemberForm } from './add-member-form';
import { Invitations } from './invitations';
import { InvitedTable } from './invited-table';
import { MembersTable } from './members-table';
import { RosterForm } from './roster-form';
import { Subgroups } from './subgroups';

export default async function MembersPage({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const viewer = await requireViewer(`/groups/${slug}/members`);
  const { can, role, subgroupsApart, archived } = await loadGroup(slug);
  if (!can.includes('members')) notFound();
  const t = await getTranslator('groups');
  const manages = can.includes('invite');
  const [members, invited, invitations, subgroups] = await Promise.all([
    listMembers(viewer, slug),
    listInvitedMembers(viewer, slug),
    manages ? listInvitations(viewer, slug) : [],
    can.includes('assign') ? listSubgroups(viewer, slug) : [],
  ]);
  return (
    <div className="page stack">
      <h1>{t('members.title')}</h1>
      <ClientMessages namespaces={['groups', 'account']}>
        <MembersTable
          group={slug}
          members={members}
          role={role}
          moderates={can.includes('moderate')}
          me={viewer.id}
        />
        {invited.length > 0 && (
          <>
            <h2>{t('invited.title')}</h2>
            <p className="muted">{t('invited.lead')}</p>
            <InvitedTable group={slug} invited={invited} role={role} />
          </>
        )}
        {manages && (
          <>
            <h2>{t('members.add')}</h2>
            <AddMemberForm group={slug} role={role} />
            <h2>{t('roster.title')}</h2>
            <p className="muted">{t('roster.lead')}</p>
            <RosterForm group={slug} />
            <h2>{t('invitations.title')}</h2>
            <p className="muted">{t('invitations.lead')}</p>
            <Invitations group={slug} invitations={invitations} />
          </>
        )}
        {can.includes('assign') && !archived && (
          <>
            <h2>{t('subgroups.title')}</h2>
            <p className="muted">{t('subgroups.lead')}</p>
            <Subgroups
              group={slug}
              subgroups={subgroups.filter(({ assignment }) => assignment === null)}
              students={members
                .filter(({ role }) => role === 'student')
                .map(({ id, name }) => ({ id, name }))}
              isApart={subgroupsApart}
              canSetUp={can.includes('settings')}
            />
          </>
        )}
      </ClientMessages>
    </div>
  );
}
