import { AppError } from '@/lib/kernel/errors';

/**
 * `sent`, which is to replace `current`, with the `canonical` and `via` of `current` where it has none: once set, they
 * cannot be changed (Web Annotation Protocol §5.3). What is not a JSON object is returned unchanged, for the
 * validation to refuse. Throws conflict where one of the two differs.
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
