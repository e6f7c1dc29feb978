'use client';
import { RowChoice } from '@/app/_ui/field';
import { useTranslations } from '@/lib/i18n/client';
import { type ActingRole, actingRole, canInGroup, ROLES, type Role } from '@/lib/policy';

type Props = {
  /** Whose role it is, for screen readers. */
  name: string;
  role: Role;
  /** Whether they may moderate beside it; left out where that right cannot be given. */
  moderates?: boolean | undefined;
  /** The viewer's own role. */
  own: Role | null;
  isSelf?: boolean;
  /** Changes with a refusal, after which the field shows again the role that still holds. */
  refusal: string | undefined;
  onChoose: (role: ActingRole) => void;
};

/** A member's role: words, or a choice of those that the viewer may give. */
export function RoleChoice({ name, role, moderates, own, isSelf = false, refusal, onChoose }: Props) {
  const t = useTranslations('groups');
  const roles = ROLES.filter((wanted) => canInGroup(own, 'set-role', { target: role, wanted, self: isSelf }));
  const acting = actingRole({ role, moderates: moderates === true });
  if (roles.length === 0) return t(`role.${acting}`);
  const wantable = roles.flatMap((wanted): ActingRole[] =>
    wanted === 'student' && moderates !== undefined ? ['moderator', wanted] : [wanted],
  );
  return (
    <RowChoice
      key={`${acting} ${refusal}`}
      label={t('members.roleOf', { name })}
      defaultValue={acting}
      onChange={(event) => onChoose(event.target.value as ActingRole)}
    >
      {wantable.map((wanted) => (
        <option key={wanted} value={wanted}>
          {t(`role.${wanted}`)}
        </option>
      ))}
    </RowChoice>
  );
}
