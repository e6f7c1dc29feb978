import { isObject, type Json } from '@/lib/kernel/json';
import { externalIri, omitUndefined } from './third-party';
import { timeOrAsGiven } from './times';

/** What is put below this has no IRI of its own. */
export const NAMESPACE = 'urn:recogito:';

/** The members that say who and when, of an annotation, a body or a target: agents as objects, times in UTC. */
export function agentsAndTimesOf(resource: Json): Json {
  const members: Json = {};
  for (const name of ['creator', 'generator', 'created', 'modified', 'generated']) {
    if (!(name in resource)) continue;
    const isTime = name === 'created' || name === 'modified' || name === 'generated';
    members[name] = isTime ? timeOrAsGiven(resource[name]) : agentOf(resource[name]);
  }
  const changed = resource.updated ?? resource.updatedAt;
  if (isAbsent(members.modified) && !isAbsent(changed)) {
    members.modified = timeOrAsGiven(changed);
    members.updated = undefined;
    members.updatedAt = undefined;
  }
  return members;
}

export const isAbsent = (value: unknown) => value === undefined || value === null;

const TERMS =
  /^(assessing|bookmarking|classifying|commenting|describing|editing|highlighting|identifying|linking|moderating|questioning|replying|reviewing|tagging)$/;

/** Motivations of the model unchanged, others as IRIs in the namespace (W3C Annotation Model §3.3.5). */
export function motivationsOf(motivation: unknown): unknown {
  const toMotivation = (name: unknown) =>
    typeof name !== 'string' || TERMS.test(name) ? name : externalIri(name, NAMESPACE);
  return Array.isArray(motivation) ? motivation.map(toMotivation) : toMotivation(motivation);
}

function agentOf(agent: unknown): unknown {
  if (Array.isArray(agent)) return agent.map(agentOf);
  if (agent === null || agent === '') return undefined;
  if (typeof agent === 'string')
    return /^[a-z][a-z0-9+.-]*:./i.test(agent)
      ? externalIri(agent, NAMESPACE)
      : { type: 'Person', name: agent };
  if (!isObject(agent)) return agent;
  const { id, name, displayName, type = 'Person', email, ...rest } = agent;
  return omitUndefined({
    id: typeof id === 'string' && id !== '' ? externalIri(id, `${NAMESPACE}user:`) : undefined,
    type,
    name: name ?? displayName ?? undefined,
    email: typeof email === 'string' ? `mailto:${email.replace(/^mailto:/, '')}` : undefined,
    ...rest,
  });
}
