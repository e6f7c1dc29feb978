import { annotation } from './annotation';
import { enter, type Subject, type World } from './client';
import { collection, container, preference } from './container';
import { cors, http } from './http';
import { page } from './pages';
import { REQUIREMENTS, type RequirementId } from './requirements';
import { creation, deletion, replacement } from './writes';

/** One check for each requirement: it throws where the server does not meet it. */
const CHECKS: Record<RequirementId, (world: World) => Promise<void>> = {
  ...annotation,
  ...container,
  ...collection,
  ...preference,
  ...page,
  ...creation,
  ...replacement,
  ...deletion,
  ...http,
  ...cors,
};

/** What came of one requirement: `fault` says in which way it is not met. */
export type Result = {
  id: RequirementId;
  level: 'MUST' | 'SHOULD';
  source: string;
  text: string;
  fault: string | null;
};

/**
 * Puts a server of the Web Annotation Protocol to the test, over HTTP and knowing nothing of how it is made: a result
 * for each requirement. It writes into `subject.container` and leaves it changed. `only` keeps to these requirements.
 */
export async function conformance(subject: Subject, only?: readonly RequirementId[]): Promise<Result[]> {
  const world = await enter(subject);
  const results: Result[] = [];
  for (const id of Object.keys(REQUIREMENTS) as RequirementId[]) {
    if (only && !only.includes(id)) continue;
    const [level, source, text] = REQUIREMENTS[id];
    const fault = await CHECKS[id](world).then(
      () => null,
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
    results.push({ id, level, source, text, fault });
  }
  return results;
}

/** The sums, as `MUST 83/83, SHOULD 40/41`, with what is not met below. */
export function summary(results: Result[]): string {
  const sum = (wanted: Result['level']) => {
    const all = results.filter(({ level }) => level === wanted);
    return `${wanted} ${all.filter(({ fault }) => fault === null).length}/${all.length}`;
  };
  const faults = results.filter(({ fault }) => fault !== null);
  return [
    `${sum('MUST')}, ${sum('SHOULD')}`,
    ...faults.map(({ id, level, source, text, fault }) => `${level} ${id} (${source}) ${text}\n  ${fault}`),
  ].join('\n');
}
