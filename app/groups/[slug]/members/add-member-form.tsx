'use client';
import { useRouter } from 'next/navigation';
import { useRef } from 'react';
import { api } from '@/app/_ui/api-client';
import { Button } from '@/app/_ui/button';
import { Choice, Field } from '@/app/_ui/field';
import { ProblemNotice } from '@/app/_ui/notice';
import { toast } from '@/app/_ui/toast';
import { useSubmit } from '@/app/_ui/use-submit';
import { useTranslations } from '@/lib/i18n/client';
import { canInGroup, ROLES, type Role } from '@/lib/policy';

/** Invites a person by e-mail address. */
export function AddMemberForm({ group, role }: { group: string; role: Role | null }) {
  const t = useTranslations('groups');
  const common = useTranslations('common');
  const router = useRouter();
  const element = useRef<HTMLFormElement>(null);
  const form = useSubmit(common('failed'), async ({ email = '', role }) => {
    const json = { email, role: role as Role };
    const invited = await api('POST /groups/:group/members', { param: { group }, json });
    element.current?.reset();
    toast(t('members.invited', { email: invited.email }));
    router.refresh();
  });
  return (
    <form ref={element} method="post" onSubmit={form.onSubmit} className="stack">
      <ProblemNotice text={form.errorOf('email') ? undefined : form.problem} />
      <div className="fields">
        <Field
          label={t('members.email')}
          name="email"
          type="email"
          autoComplete="off"
          required
          error={form.errorOf('email')}
        />
        <Choice label={t('members.role')} name="role" defaultValue="student">
          {ROLES.filter((wanted) => canInGroup(role, 'add-member', { wanted })).map((wanted) => (
            <option key={wanted} value={wanted}>
              {t(`role.${wanted}`)}
            </option>
          ))}
        </Choice>
        <Button type="submit" busy={form.busy}>
          {t('members.addSubmit')}
        </Button>
      </div>
    </form>
  );
}
