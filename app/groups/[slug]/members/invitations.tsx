'use client';
import { useRouter } from 'next/navigation';
import { api } from '@/app/_ui/api-client';
import { Button } from '@/app/_ui/button';
import { CopyButton } from '@/app/_ui/copy-button';
import { Choice, Field } from '@/app/_ui/field';
import { ProblemNotice } from '@/app/_ui/notice';
import { RowActions, Table } from '@/app/_ui/table';
import { LocalTime } from '@/app/_ui/time';
import { toast } from '@/app/_ui/toast';
import { useSubmit } from '@/app/_ui/use-submit';
import type { Invitation, InvitationInput } from '@/lib/group/schema';
import { useTranslations } from '@/lib/i18n/client';

/** The invitation links of a group: created, copied, revoked. */
export function Invitations({ group, invitations }: { group: string; invitations: Invitation[] }) {
  const t = useTranslations('groups');
  const common = useTranslations('common');
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
      {invitations.length === 0 && <p className="muted">{t('invitations.none')}</p>}
      {invitations.length > 0 && (
        <Table
          caption={t('invitations.title')}
          rows={invitations}
          keyOf={({ id }) => id}
          columns={[
            { head: t('invitations.link'), cell: ({ url }) => <code>{url}</code> },
            { head: t('members.role'), cell: ({ role }) => t(`role.${role}`) },
            {
              head: t('invitations.expires'),
              cell: ({ expires, expired }) =>
                expired ? (
                  t('invitations.expired')
                ) : expires ? (
                  <LocalTime when={expires} />
                ) : (
                  t('invitations.forever')
                ),
            },
            { head: t('invitations.uses'), cell: ({ uses }) => uses, isFigure: true },
            {
              head: '',
              cell: ({ id, code, url, role }) => (
                <RowActions>
                  <CopyButton text={url} label={t('invitations.copyThis', { role: t(`role.${role}`) })} />
                  <Button
                    look="danger"
                    small
                    busy={form.busy}
                    aria-label={t('invitations.revokeThis', { code })}
                    onClick={() => revoke(id)}
                  >
                    {t('invitations.revoke')}
                  </Button>
                </RowActions>
              ),
            },
          ]}
        />
      )}
      <form method="post" onSubmit={form.onSubmit} className="stack">
        <ProblemNotice text={form.errorOf('expires') ? undefined : form.problem} />
        <div className="fields">
          <Choice label={t('members.role')} name="role" defaultValue="student">
            {(['student', 'reader', 'assistant'] as const).map((role) => (
              <option key={role} value={role}>
                {t(`role.${role}`)}
              </option>
            ))}
          </Choice>
          <Field
            label={t('invitations.expires')}
            name="expires"
            type="date"
            // A link that is over before it is sent helps nobody.
            min={new Date().toISOString().slice(0, 10)}
            suppressHydrationWarning
            error={form.errorOf('expires')}
          />
          <Button type="submit" busy={form.busy}>
            {t('invitations.make')}
          </Button>
        </div>
      </form>
    </>
  );
}
