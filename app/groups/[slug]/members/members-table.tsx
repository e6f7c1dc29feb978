'use client';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { api } from '@/app/_ui/api-client';
import { Person } from '@/app/_ui/avatar';
import { Button, ButtonLink } from '@/app/_ui/button';
import { Dialog, DialogButtons } from '@/app/_ui/dialog';
import { ProblemNotice } from '@/app/_ui/notice';
import { type Column, RowActions, Table } from '@/app/_ui/table';
import { LocalTime } from '@/app/_ui/time';
import { PasswordLinkMaker } from '@/app/account/password-link';
import type { Member } from '@/lib/group/schema';
import { useTranslations } from '@/lib/i18n/client';
import { actingRole, canInGroup, type Role } from '@/lib/policy';
import { RoleChoice } from './role-choice';
import { useMemberActions } from './use-member-actions';

type Props = {
  group: string;
  members: Member[];
  role: Role | null;
  /** Whether the viewer moderates: members have pages then. */
  moderates: boolean;
  me: string;
};

/** The members with their roles; managers can change roles and remove members, and everybody can leave. */
export function MembersTable({ group, members, role, moderates, me }: Props) {
  const t = useTranslations('groups');
  const common = useTranslations('common');
  const router = useRouter();
  const [leaving, setLeaving] = useState<Member>();
  const [forgetful, setForgetful] = useState<Member>();
  const { busy, problem, setRole, remove } = useMemberActions(group);
  const isMe = leaving?.id === me;

  function confirm({ id }: Member): void {
    setLeaving(undefined);
    remove(id, () => id === me && router.push('/groups'));
  }

  const email: Column<Member> = { head: t('members.email'), cell: (member) => member.email };
  return (
    <>
      <ProblemNotice text={problem} />
      <Table
        caption={t('members.title')}
        rows={members}
        keyOf={({ id }) => id}
        columns={[
          {
            head: t('members.name'),
            cell: ({ id, name, ...target }) => (
              <Person name={name} staff={canInGroup(actingRole(target), 'moderate')}>
                {id === me && <span className="muted small"> ({t('members.you')})</span>}
              </Person>
            ),
          },
          ...(canInGroup(role, 'emails') ? [email] : []),
          {
            head: t('members.role'),
            cell: (member) => (
              <RoleChoice
                name={member.name}
                role={member.role}
                moderates={member.moderates}
                own={role}
                isSelf={member.id === me}
                refusal={problem}
                onChoose={(wanted) => setRole(member.id, wanted)}
              />
            ),
          },
          { head: t('members.since'), cell: ({ joined }) => <LocalTime when={joined} /> },
          {
            head: '',
            cell: (member) => (
              <RowActions>
                {moderates && (
                  <ButtonLink
                    look="quiet"
                    small
                    href={`/groups/${group}/people/${member.id}`}
                    prefetch={false}
                    aria-label={t('members.aboutThis', { name: member.name })}
                  >
                    {t('members.about')}
                  </ButtonLink>
                )}
                {canInGroup(role, 'password-link', { target: member.role }) && (
                  <Button
                    small
                    aria-label={t('members.linkThis', { name: member.name })}
                    onClick={() => setForgetful(member)}
                  >
                    {t('members.link')}
                  </Button>
                )}
                {canInGroup(role, 'remove-member', { target: member.role, self: member.id === me }) && (
                  <Button
                    look="danger"
                    small
                    busy={busy}
                    aria-label={member.id === me ? undefined : t('members.removeThis', { name: member.name })}
                    onClick={() => setLeaving(member)}
                  >
                    {t(member.id === me ? 'members.leave' : 'members.remove')}
                  </Button>
                )}
              </RowActions>
            ),
          },
        ]}
      />
      {forgetful && (
        <Dialog
          title={t('members.linkThis', { name: forgetful.name })}
          onClose={() => setForgetful(undefined)}
        >
          <PasswordLinkMaker
            make={() =>
              api('POST /groups/:group/members/:id/password-link', { param: { group, id: forgetful.id } })
            }
          />
          <DialogButtons>
            <Button look="quiet" onClick={() => setForgetful(undefined)}>
              {common('close')}
            </Button>
          </DialogButtons>
        </Dialog>
      )}
      {leaving && (
        <Dialog
          title={isMe ? t('members.leaveTitle') : t('members.removeTitle', { name: leaving.name })}
          onClose={() => setLeaving(undefined)}
        >
          <p>{t(isMe ? 'members.leaveText' : 'members.removeText')}</p>
          <DialogButtons>
            <Button look="quiet" onClick={() => setLeaving(undefined)}>
              {common('cancel')}
            </Button>
            <Button look="destroy" onClick={() => confirm(leaving)}>
              {t(isMe ? 'members.leave' : 'members.remove')}
            </Button>
          </DialogButtons>
        </Dialog>
      )}
    </>
  );
}
