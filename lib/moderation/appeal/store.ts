import { Prisma, query, type Tx } from '@/lib/db';
import type { Appeal } from '../schema';

/** An appeal on an annotation, with the decision that it is against. */
export type AppealRow = Omit<Appeal, 'created' | 'decided'> & {
  annotation: string;
  created: string;
  decided: string | null;
};

/** Inserts an appeal against the last decision that holds an annotation back. Null where there is none, or it was appealed. */
export async function insertAppeal(
  tx: Tx,
  { groupId, id }: { groupId: string; id: string },
  appeal: { authorId: string; words: string },
): Promise<string | null> {
  const rows = await tx.$queryRaw<{ decisionId: string }[]>(Prisma.sql`
    INSERT INTO appeal (group_id, decision_id, annotation_id, author_id, words)
    SELECT d.group_id, d.id, d.annotation_id, ${appeal.authorId}::uuid, ${appeal.words} FROM decision d
     WHERE d.group_id = ${groupId}::uuid AND d.annotation_id = ${id}::uuid AND d.action IN ('hide', 'deny', 'revise')
     ORDER BY d.id DESC LIMIT 1
    ON CONFLICT DO NOTHING RETURNING decision_id AS "decisionId"`);
  return rows[0]?.decisionId ?? null;
}

type Answer = { outcome: 'granted' | 'refused'; answer: string; actorId: string };

/** The part of a statement that answers the open appeal on its row `written`. */
export function answeredAppeal({ outcome, answer, actorId }: Answer): Prisma.Sql {
  return Prisma.sql`UPDATE appeal p SET outcome = ${outcome}, answer = ${answer}, decided_by = ${actorId}::uuid,
      decided_at = now() FROM written w
    WHERE p.group_id = w.group_id AND p.annotation_id = w.id AND p.outcome IS NULL`;
}

/** Answers the open appeals on annotations, in a statement of its own. */
export async function answerAppeals(
  tx: Tx,
  groupId: string,
  actorId: string,
  answers: (Pick<Answer, 'outcome' | 'answer'> & { id: string })[],
): Promise<void> {
  await tx.$executeRaw(Prisma.sql`
    UPDATE appeal p SET outcome = n.outcome, answer = n.answer, decided_by = ${actorId}::uuid, decided_at = now()
      FROM jsonb_to_recordset(${JSON.stringify(answers)}::jsonb) AS n(id uuid, outcome text, answer text)
     WHERE p.group_id = ${groupId}::uuid AND p.annotation_id = n.id AND p.outcome IS NULL`);
}

/** The appeals on these annotations, oldest first, with the decisions that they are against. */
export function selectAppeals(groupId: string, annotations: string[]): Promise<AppealRow[]> {
  return query<AppealRow>(Prisma.sql`
    SELECT p.annotation_id AS annotation, p.words, p.created_at AS created, p.outcome, p.answer, p.decided_at AS decided,
      json_build_object('id', d.id, 'action', d.action, 'reason', d.reason,
        'actor', json_build_object('id', u.id, 'name', coalesce(u.name, ''))) AS decision
    FROM appeal p JOIN decision d ON d.group_id = p.group_id AND d.id = p.decision_id
    JOIN "user" u ON u.id = d.actor_id
    WHERE p.group_id = ${groupId}::uuid AND p.annotation_id = ANY(${annotations}::uuid[]) ORDER BY p.created_at`);
}

/** Makes the appeals of one person those of another. */
export async function moveAppealsOfPerson(tx: Tx, from: string, into: string): Promise<void> {
  await tx.appeal.updateMany({ where: { authorId: from }, data: { authorId: into } });
}
