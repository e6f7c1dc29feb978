'use client';
import { RowChoice } from '@/app/_ui/field';
import { useTranslations } from '@/lib/i18n/client';
import { canInGroup, ROLES, type Role } from '@/lib/policy';

type Props = {
  /** Whose role it is, for screen readers. */
  name: string;
  role: Role;
  /** The viewer's own role. */
  own: Role | null;
  isSelf?: boolean;
  /** Changes with a refusal, after which the field shows again the role that still holds. */
  refusal: string | undefined;
  onChoose: (role: Role) => void;
};

/** A member's role: words, or a choice of those that the viewer may give. */
export function RoleChoice({ name, role, own, isSelf = false, refusal, onChoose }: Props) {
  const t = useTranslations('groups');
  const wantable = ROLES.filter((wanted) =>
    canInGroup(own, 'set-role', { target: role, wanted, self: isSelf }),
  );
  if (wantable.length === 0) return t(`role.${role}`);
  return (
    <RowChoice
      key={`${role} ${refusal}`}
      label={t('members.roleOf', { name })}
      defaultValue={role}
      onChange={(event) => onChoose(event.target.value as Role)}
    >
      {wantable.map((wanted) => (
        <option key={wanted} value={wanted}>
          {t(`role.${wanted}`)}
        </option>
      ))}
    </RowChoice>
  );
}
