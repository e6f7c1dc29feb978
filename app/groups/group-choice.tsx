import { Choice } from '../_ui/field';

type Props = {
  label: string;
  /** What stands for all of them. */
  all: string;
  groups: readonly { slug: string; name: string }[];
  /** A slug. */
  chosen: string | undefined;
};

/** In which of one's seminars a form looks: in one, or in all. */
export function GroupChoice({ label, all, groups, chosen }: Props) {
  return (
    <Choice label={label} name="group" defaultValue={chosen ?? ''}>
      <option value="">{all}</option>
      {groups.map(({ slug, name }) => (
        <option key={slug} value={slug}>
          {name}
        </option>
      ))}
    </Choice>
  );
}
