import { AppError } from '@/lib/kernel/errors';

/**
 * A replacement of `current`, with what the protocol lets nobody change once it is set (Web Annotation Protocol §5.3):
 * left out, `canonical` and `via` stay. What is no JSON object comes back as it is, for the validation to refuse.
 * Throws conflict where one of them differs.
 */
export function preserveVia(current: Record<string, unknown>, sent: unknown): unknown {
  if (typeof sent !== 'object' || sent === null || Array.isArray(sent)) return sent;
  const kept: Record<string, unknown> = {};
  for (const name of ['canonical', 'via'] as const) {
    if (current[name] === undefined) continue;
    const given = (sent as Record<string, unknown>)[name];
    if (given === undefined) kept[name] = current[name];
    else if (JSON.stringify([given].flat()) !== JSON.stringify([current[name]].flat())) {
      throw new AppError('conflict', 'canonical and via cannot be changed once they are set.', {
        errors: [{ pointer: `/${name}`, detail: 'This must stay as it is, or be left out.' }],
      });
    }
  }
  return { ...sent, ...kept };
}
