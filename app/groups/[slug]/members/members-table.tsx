'use client';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { api } from '@/app/_ui/api-client';
import { Button } from '@/app/_ui/button';
import { Dialog } from '@/app/_ui/dialog';
import { ProblemNotice } from '@/app/_ui/notice';
import { toast } from '@/app/_ui/toast';
import { useSubmit } from '@/app/_ui/use-submit';
import type { Member } from '@/lib/group/schema';
import { useLocale, useTranslations } from '@/lib/i18n/client';
import { formatDate } from '@/lib/i18n/translate';
import { canInGroup, ROLES, type Role } from '@/lib/policy';

type Props = { group: string; members: Member[]; role: Role | null; me: string };

/** The members with their roles; managers can change roles and remove members, and everybody can leave. */
export function MembersTable({ group, members, role, me }: Props) {
  const t = useTranslations('groups');
  const common = useTranslations('common');
  const locale = useLocale();
  const router = useRouter();
  const [leaving, setLeaving] = useState<Member>();
  const form = useSubmit(common('failed'));
  const withEmail = canInGroup(role, 'emails');

  function change(id: string, wanted: Role): void {
    void form.run(async () => {
      await api('PATCH /groups/:group/members/:id', { param: { group, id }, json: { role: wanted } });
      toast(t('members.changed'));
      router.refresh();
    });
  }

  function remove({ id }: Member): void {
    setLeaving(undefined);
    void form.run(async () => {
      await api('DELETE /groups/:group/members/:id', { param: { group, id } });
      if (id === me) router.push('/groups');
      router.refresh();
    });
  }

  return (
    <>
      <ProblemNotice text={form.problem} />
      <div className="wide">
        <table>
          <thead>
            <tr>
              <th scope="col">{t('members.name')}</th>
              {withEmail && <th scope="col">{t('members.email')}</th>}
              <th scope="col">{t('members.role')}</th>
              <th scope="col">{t('members.since')}</th>
              <td />
            </tr>
          </thead>
          <tbody>
            {members.map((member) => {
              const self = member.id === me;
              const wantable = ROLES.filter((wanted) =>
                canInGroup(role, 'set-role', { target: member.role, wanted, self }),
              );
              return (
                <tr key={member.id}>
                  <th scope="row">{member.name}</th>
                  {withEmail && <td>{member.email}</td>}
                  <td>
                    {wantable.length === 0 ? (
                      t(`role.${member.role}`)
                    ) : (
                      <select
                        // After a refused change the select is made anew with the role that still holds.
                        key={`${member.role} ${form.problem}`}
                        aria-label={t('members.roleOf', { name: member.name })}
                        defaultValue={member.role}
                        onChange={(event) => change(member.id, event.target.value as Role)}
                      >
                        {wantable.map((wanted) => (
                          <option key={wanted} value={wanted}>
                            {t(`role.${wanted}`)}
                          </option>
                        ))}
                      </select>
                    )}
                  </td>
                  <td>{formatDate(locale, new Date(member.joined))}</td>
                  <td>
                    {canInGroup(role, 'remove-member', { target: member.role, self }) && (
                      <Button
                        look="danger"
                        busy={form.busy}
                        aria-label={self ? undefined : t('members.removeThis', { name: member.name })}
                        onClick={() => setLeaving(member)}
                      >
                        {t(self ? 'members.leave' : 'members.remove')}
                      </Button>
                    )}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {leaving && (
        <Dialog
          title={
            leaving.id === me ? t('members.leaveTitle') : t('members.removeTitle', { name: leaving.name })
          }
          onClose={() => setLeaving(undefined)}
        >
          <p>{t('members.removeText')}</p>
          <p className="row">
            <Button look="danger" onClick={() => remove(leaving)}>
              {t(leaving.id === me ? 'members.leave' : 'members.remove')}
            </Button>
            <Button onClick={() => setLeaving(undefined)}>{common('cancel')}</Button>
          </p>
        </Dialog>
      )}
    </>
  );
}
