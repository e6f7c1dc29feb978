import { findDecisionReasons } from '@/lib/group';
import type { DecisionReason } from '@/lib/group/schema';
import { invalidField } from '@/lib/kernel/errors';
import type { ModerationInput } from './schema';

/**
 * The reason of a decision as its author reads it: the group's own words for the rule that is named, then those of whoever
 * decides. `details` keep the rule as it was, with what is said to whoever reported. Throws invalid on /rule.
 */
export async function reasonFor(
  groupId: string,
  { reason, rule }: Pick<ModerationInput, 'reason' | 'rule'>,
): Promise<{ reason: string; details: object | undefined }> {
  if (rule === undefined) return { reason, details: undefined };
  return reasonAmong(await findDecisionReasons(groupId), { reason, rule });
}

/** As `reasonFor`, with the group's reasons at hand. */
export function reasonAmong(
  reasons: DecisionReason[],
  { reason, rule }: { reason: string; rule?: string | undefined },
): { reason: string; details: object | undefined } {
  if (rule === undefined) return { reason, details: undefined };
  const found = reasons.find(({ id }) => id === rule);
  if (!found) throw invalidField('rule', 'This group has no such reason.');
  const { title, toAuthor, toReporter } = found;
  const words = reason === '' ? toAuthor : `${toAuthor}\n\n${reason}`;
  return { reason: words, details: { rule, title, ...(toReporter && { toReporter }) } };
}
