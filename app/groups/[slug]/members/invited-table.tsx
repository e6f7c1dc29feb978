'use client';
import { useRouter } from 'next/navigation';
import { api } from '@/app/_ui/api-client';
import { Button } from '@/app/_ui/button';
import { ProblemNotice } from '@/app/_ui/notice';
import { toast } from '@/app/_ui/toast';
import { useSubmit } from '@/app/_ui/use-submit';
import type { InvitedMember } from '@/lib/group/schema';
import { useLocale, useTranslations } from '@/lib/i18n/client';
import { formatDate } from '@/lib/i18n/translate';
import { canInGroup, ROLES, type Role } from '@/lib/policy';

type Props = { group: string; invited: InvitedMember[]; role: Role | null };

/** Those who were invited by e-mail and have not come yet; managers change their roles and withdraw invitations. */
export function InvitedTable({ group, invited, role }: Props) {
  const t = useTranslations('groups');
  const common = useTranslations('common');
  const locale = useLocale();
  const router = useRouter();
  const form = useSubmit(common('failed'));

  function change(id: string, wanted: Role): void {
    void form.run(async () => {
      await api('PATCH /groups/:group/members/:id', { param: { group, id }, json: { role: wanted } });
      toast(t('members.changed'));
      router.refresh();
    });
  }

  function withdraw(id: string): void {
    void form.run(async () => {
      await api('DELETE /groups/:group/members/:id', { param: { group, id } });
      toast(t('invited.withdrawn'));
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
              <th scope="col">{t('members.email')}</th>
              <th scope="col">{t('members.role')}</th>
              <th scope="col">{t('invited.since')}</th>
              <td />
            </tr>
          </thead>
          <tbody>
            {invited.map(({ id, email, role: target, invited: since }) => {
              const wantable = ROLES.filter((wanted) => canInGroup(role, 'set-role', { target, wanted }));
              return (
                <tr key={id}>
                  <th scope="row">{email}</th>
                  <td>
                    {wantable.length === 0 ? (
                      t(`role.${target}`)
                    ) : (
                      <select
                        key={`${target} ${form.problem}`}
                        aria-label={t('members.roleOf', { name: email })}
                        defaultValue={target}
                        onChange={(event) => change(id, event.target.value as Role)}
                      >
                        {wantable.map((wanted) => (
                          <option key={wanted} value={wanted}>
                            {t(`role.${wanted}`)}
                          </option>
                        ))}
                      </select>
                    )}
                  </td>
                  <td>{formatDate(locale, new Date(since))}</td>
                  <td>
                    {canInGroup(role, 'remove-member', { target }) && (
                      <Button
                        look="danger"
                        busy={form.busy}
                        aria-label={t('invited.withdrawThis', { email })}
                        onClick={() => withdraw(id)}
                      >
                        {t('invited.withdraw')}
                      </Button>
                    )}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </>
  );
}
