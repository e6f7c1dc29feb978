/** One preference of a Prefer header: its value ('' where it has none), and its parameters by lower-case name. */
export type Preference = { value: string; parameters: Map<string, string> };

/**
 * The preferences of a Prefer header by lower-case name (RFC 7240 §2). The first of repeated ones counts. Those that
 * violate the grammar are ignored, as the RFC demands of preferences that a server does not understand.
 */
export function parsePrefer(header: string | undefined): Map<string, Preference> {
  const preferences = new Map<string, Preference>();
  for (const member of split(header ?? '', ',')) {
    const [head, ...parameters] = split(member, ';').map(parsePair);
    if (!head || preferences.has(head.name)) continue;
    const named = new Map<string, string>();
    for (const parameter of parameters) {
      if (parameter && !named.has(parameter.name)) named.set(parameter.name, parameter.value);
    }
    preferences.set(head.name, { value: head.value, parameters: named });
  }
  return preferences;
}

/** Splits at separators outside quotes; an unclosed quote extends to the end. */
function split(text: string, separator: ',' | ';'): string[] {
  const part =
    separator === ',' ? /(?:[^,"]|"(?:[^"\\]|\\.)*(?:"|$))+/g : /(?:[^;"]|"(?:[^"\\]|\\.)*(?:"|$))+/g;
  return text.match(part) ?? [];
}

const PAIR = /^\s*([!#$%&'*+.^_`|~\w-]+)\s*(?:=\s*(?:"((?:[^"\\]|\\.)*)"|([!#$%&'*+.^_`|~\w-]*))\s*)?$/;

/** Parses `name`, `name=token` or `name="text"`; undefined for anything else. */
function parsePair(text: string): { name: string; value: string } | undefined {
  const [, name, quoted, token] = PAIR.exec(text) ?? [];
  if (name === undefined) return undefined;
  return { name: name.toLowerCase(), value: quoted?.replace(/\\(.)/g, '$1') ?? token ?? '' };
}
