import { Table } from '@/app/_ui/table';
import { LocalTime } from '@/app/_ui/time';
import { describeAnnotations } from '@/lib/annotation';
import { getTranslator } from '@/lib/i18n/server';
import type { Viewer } from '@/lib/identity/schema';
import { changedRolesSchema, type Decision } from '@/lib/moderation/schema';

/** First words of a note in the log, in code points. */
const WORDS = 80;

type Props = { viewer: Viewer; slug: string; decisions: Decision[] };

/** The log of a group: who decided what on whose words, when and why. */
export async function DecisionLog({ viewer, slug, decisions }: Props) {
  const t = await getTranslator('moderation');
  const notes = await describeAnnotations(
    viewer,
    slug,
    decisions.flatMap(({ annotation }) => annotation ?? []),
    WORDS,
  );
  const groups = await getTranslator('groups');
  /** What a change of role was from and to. */
  const roleChange = ({ action, details }: Decision) => {
    const { from, to } = changedRolesSchema.safeParse(details).data ?? {};
    return action === 'role' && from && to
      ? t('roleChange', { from: groups(`role.${from}`), to: groups(`role.${to}`) })
      : undefined;
  };
  return (
    <Table
      caption={t('log')}
      rows={decisions}
      keyOf={({ id }) => id}
      columns={[
        { head: t('when'), cell: ({ created }) => <LocalTime when={created} withTime /> },
        { head: t('actor'), cell: ({ actor }) => actor.name },
        { head: t('action'), cell: ({ action }) => t(`did.${action}`) },
        {
          head: t('author'),
          cell: ({ annotation, whose }) => notes.get(annotation ?? '')?.author ?? whose?.name ?? '',
        },
        {
          head: t('note'),
          cell: ({ annotation }) =>
            annotation && (
              <a href={`/annotations/${annotation}`} dir="auto">
                {notes.get(annotation)?.words || t('deletedNote')}
              </a>
            ),
        },
        { head: t('reason'), cell: (decision) => roleChange(decision) ?? decision.reason },
      ]}
    />
  );
}
