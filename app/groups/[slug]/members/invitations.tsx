'use client';
import { useRouter } from 'next/navigation';
import { api } from '@/app/_ui/api-client';
import { Button } from '@/app/_ui/button';
import { CopyButton } from '@/app/_ui/copy-button';
import { Choice, Field } from '@/app/_ui/field';
import { ProblemNotice } from '@/app/_ui/notice';
import { toast } from '@/app/_ui/toast';
import { useSubmit } from '@/app/_ui/use-submit';
import type { Invitation, InvitationInput } from '@/lib/group/schema';
import { useLocale, useTranslations } from '@/lib/i18n/client';
import { formatDate } from '@/lib/i18n/translate';

/** The invitation links of a group: created, copied, revoked. */
export function Invitations({ group, invitations }: { group: string; invitations: Invitation[] }) {
  const t = useTranslations('groups');
  const common = useTranslations('common');
  const locale = useLocale();
  const router = useRouter();
  const form = useSubmit(common('failed'), async ({ role, expires }) => {
    const json = {
      role: role as InvitationInput['role'],
      expires: expires ? new Date(`${expires}T23:59:59`).toISOString() : null,
    };
    await api('POST /groups/:group/invitations', { param: { group }, json });
    toast(t('invitations.made'));
    router.refresh();
  });

  function revoke(id: string): void {
    void form.run(async () => {
      await api('DELETE /groups/:group/invitations/:id', { param: { group, id } });
      toast(t('invitations.revoked'));
      router.refresh();
    });
  }

  return (
    <>
      {invitations.length === 0 && <p>{t('invitations.none')}</p>}
      {invitations.length > 0 && (
        <div className="wide">
          <table>
            <thead>
              <tr>
                <th scope="col">{t('invitations.link')}</th>
                <th scope="col">{t('members.role')}</th>
                <th scope="col">{t('invitations.expires')}</th>
                <th scope="col">{t('invitations.uses')}</th>
                <td />
              </tr>
            </thead>
            <tbody>
              {invitations.map(({ id, code, url, role, expires, expired, uses }) => (
                <tr key={id}>
                  <td>
                    <code>{url}</code>
                  </td>
                  <td>{t(`role.${role}`)}</td>
                  <td>
                    {expired
                      ? t('invitations.expired')
                      : expires
                        ? formatDate(locale, new Date(expires))
                        : t('invitations.forever')}
                  </td>
                  <td>{uses}</td>
                  <td className="row">
                    <CopyButton text={url} label={t('invitations.copyThis', { role: t(`role.${role}`) })} />
                    <Button
                      look="danger"
                      busy={form.busy}
                      aria-label={t('invitations.revokeThis', { code })}
                      onClick={() => revoke(id)}
                    >
                      {t('invitations.revoke')}
                    </Button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <form method="post" onSubmit={form.onSubmit} className="stack">
        <ProblemNotice text={form.problem} />
        <Choice label={t('members.role')} name="role" defaultValue="student">
          {(['student', 'reader', 'assistant'] as const).map((role) => (
            <option key={role} value={role}>
              {t(`role.${role}`)}
            </option>
          ))}
        </Choice>
        <Field label={t('invitations.expires')} name="expires" type="date" error={form.errorOf('expires')} />
        <Button type="submit" busy={form.busy}>
          {t('invitations.make')}
        </Button>
      </form>
    </>
  );
}
