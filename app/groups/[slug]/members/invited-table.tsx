'use client';
import { Button } from '@/app/_ui/button';
import { ProblemNotice } from '@/app/_ui/notice';
import { RowActions, Table } from '@/app/_ui/table';
import { LocalTime } from '@/app/_ui/time';
import { toast } from '@/app/_ui/toast';
import type { InvitedMember } from '@/lib/group/schema';
import { useTranslations } from '@/lib/i18n/client';
import { canInGroup, type Role } from '@/lib/policy';
import { RoleChoice } from './role-choice';
import { useMemberActions } from './use-member-actions';

type Props = { group: string; invited: InvitedMember[]; role: Role | null };

/** Those who were invited by e-mail and have not come yet; managers change their roles and withdraw invitations. */
export function InvitedTable({ group, invited, role }: Props) {
  const t = useTranslations('groups');
  const { busy, problem, setRole, remove } = useMemberActions(group);
  return (
    <>
      <ProblemNotice text={problem} />
      <Table
        caption={t('invited.title')}
        rows={invited}
        keyOf={({ id }) => id}
        columns={[
          { head: t('members.email'), cell: ({ email }) => email },
          {
            head: t('members.role'),
            cell: ({ id, email, role: target }) => (
              <RoleChoice
                name={email}
                role={target}
                own={role}
                refusal={problem}
                onChoose={(wanted) => setRole(id, wanted)}
              />
            ),
          },
          { head: t('invited.since'), cell: ({ invited: since }) => <LocalTime when={since} /> },
          {
            head: '',
            cell: ({ id, email, role: target }) =>
              canInGroup(role, 'remove-member', { target }) && (
                <RowActions>
                  <Button
                    look="danger"
                    small
                    busy={busy}
                    aria-label={t('invited.withdrawThis', { email })}
                    onClick={() => remove(id, () => toast(t('invited.withdrawn')))}
                  >
                    {t('invited.withdraw')}
                  </Button>
                </RowActions>
              ),
          },
        ]}
      />
    </>
  );
}
