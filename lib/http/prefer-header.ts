/** One preference of a Prefer header: its value ('' where it has none), and its parameters by lower-case name. */
export type Preference = { value: string; parameters: Map<string, string> };

/**
 * The preferences of a Prefer header by lower-case name (RFC 7240 §2). Where one is repeated, the first counts.
 * What does not follow the grammar is left out, as the RFC wants of preferences that are not understood.
 */
export function parsePrefer(header: string | undefined): Map<string, Preference> {
  const found = new Map<string, Preference>();
  for (const member of split(header ?? '', ',')) {
    const [head, ...parameters] = split(member, ';').map(pair);
    if (!head || found.has(head.name)) continue;
    const named = new Map<string, string>();
    for (const parameter of parameters) {
      if (parameter && !named.has(parameter.name)) named.set(parameter.name, parameter.value);
    }
    found.set(head.name, { value: head.value, parameters: named });
  }
  return found;
}

/** Splits at a separator that stands outside quotes; a quote that is never closed takes the rest along. */
function split(text: string, separator: ',' | ';'): string[] {
  const part =
    separator === ',' ? /(?:[^,"]|"(?:[^"\\]|\\.)*(?:"|$))+/g : /(?:[^;"]|"(?:[^"\\]|\\.)*(?:"|$))+/g;
  return text.match(part) ?? [];
}

const PAIR = /^\s*([!#$%&'*+.^_`|~\w-]+)\s*(?:=\s*(?:"((?:[^"\\]|\\.)*)"|([!#$%&'*+.^_`|~\w-]*))\s*)?$/;

/** `name`, `name=token` or `name="text"`; undefined where it is none of these. */
function pair(text: string): { name: string; value: string } | undefined {
  const [, name, quoted, token] = PAIR.exec(text) ?? [];
  if (name === undefined) return undefined;
  return { name: name.toLowerCase(), value: quoted?.replace(/\\(.)/g, '$1') ?? token ?? '' };
}
