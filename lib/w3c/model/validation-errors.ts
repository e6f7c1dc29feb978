import type { FieldError } from '@/lib/kernel/errors';
import { isObject } from '@/lib/kernel/json';
import { pointerToken } from '@/lib/kernel/json-pointer';
import { ANNO_CONTEXT } from '../schema';
import {
  BY_ROLE,
  type ClassRule,
  COMMON,
  EXTERNAL,
  LIST,
  LISTS,
  type Node,
  type NodeRole,
  OWN_CLASSES,
  type PropertyRule,
  SELECTORS,
  SPECIFIC,
  STATES,
  TEXTUAL,
} from './class-rules';
import { storageErrors } from './storable-json';
import { isIri } from './value-rules';

/** More faults than anybody mends at once. */
const MOST_FAULTS = 500;

/**
 * Everything that is wrong with `json` as a Web Annotation (W3C Web Annotation Data Model, 2017), each fault at its
 * JSON pointer (RFC 6901); a missing property is pointed to where it should stand. A valid annotation has none. What
 * the model says that one SHOULD do is not asked for, and what it does not know is left alone.
 */
export function validationErrors(json: unknown): FieldError[] {
  const faults = storageErrors(json);
  if (faults.length > 0) return faults.slice(0, MOST_FAULTS);
  const seen = new Set<string>();
  const report: Report = (pointer, detail, values) => {
    // What is missing, or no string, breaks other rules too: the first says it.
    if (seen.has(pointer) || seen.size === MOST_FAULTS) return;
    seen.add(pointer);
    faults.push({ pointer, detail, ...(values && { values }) });
  };
  if (!isObject(json)) report('', 'This must be an object.');
  else {
    checkContext(json, report);
    const open = json['@context'] !== ANNO_CONTEXT;
    checkNode(json, 'annotation', '', { open, report });
  }
  return faults;
}

type Report = (pointer: string, detail: string, values?: Record<string, string>) => void;
/** `open`: contexts beside the model's own may define terms. */
type Check = { open: boolean; report: Report };

/** §3.1: the model's context alone, as a string, or among others. */
function checkContext(annotation: Node, report: Report): void {
  const context = annotation['@context'];
  if (context === ANNO_CONTEXT) return;
  if (context === undefined) report('/@context', 'This is missing.');
  else if (!Array.isArray(context) || !context.includes(ANNO_CONTEXT)) {
    report('/@context', 'This must be, or contain, {context}.', { context: ANNO_CONTEXT });
  } else if (context.length === 1) report('/@context', 'A single context is given as a string.');
  else {
    for (const [i, other] of context.entries()) {
      if (!isIri(other) && !isObject(other)) report(`/@context/${i}`, 'A context is an IRI, or an object.');
    }
  }
}

function checkResource(value: unknown, role: NodeRole, at: string, check: Check): void {
  if (typeof value === 'string') {
    if (!isIri(value))
      check.report(at, 'This must be an IRI, such as https://example.org/page or urn:isbn:9780140449136.');
  } else if (isObject(value)) checkNode(value, role, at, check);
  else check.report(at, 'This must be an IRI, or an object.');
}

function checkNode(node: Node, role: NodeRole, at: string, check: Check): void {
  for (const known of classesOf(node, role, at, check)) {
    const { properties, required } = compiledRule(known);
    for (const name of required) {
      if (!Object.hasOwn(node, name)) check.report(at + pointerToken(name), 'This is missing.');
    }
    for (const name of Object.keys(node)) {
      const property = properties.get(name);
      if (property) checkProperty(node[name], property, role, at + pointerToken(name), check);
    }
    for (const breach of known.rule?.(node, check.open) ?? []) {
      check.report(at + pointerToken(breach.at), breach.detail);
    }
  }
}

/** What a class asks of its properties, with what any resource may have; made ready once. */
function compiledRule(known: ClassRule): { properties: Map<string, PropertyRule>; required: string[] } {
  const ready = LAWS.get(known);
  if (ready) return ready;
  const all = Object.entries({ ...COMMON, ...known.properties });
  const required = all.filter(([, { min }]) => min > 0).map(([name]) => name);
  const law = { properties: new Map(all), required };
  LAWS.set(known, law);
  return law;
}
const LAWS = new WeakMap<ClassRule, ReturnType<typeof compiledRule>>();

function checkProperty(
  value: unknown,
  { min, max, array, of }: PropertyRule,
  role: NodeRole,
  at: string,
  check: Check,
): void {
  const each = (item: unknown, place: string) => {
    if (typeof of === 'string') checkResource(item, of === 'same' ? role : of, place, check);
    else if (!of.holds(item, check.open)) check.report(place, of.detail, of.values);
  };
  if (!Array.isArray(value)) each(value, at);
  else if (min > 0 && value.length === 0) check.report(at, 'This is missing.');
  else if (max === 1 && !(array && value.length === 1)) {
    check.report(at, 'There can be only one of this, and not as an array.');
  } else for (const [i, item] of value.entries()) each(item, `${at}/${i}`);
}

/** Of what classes of the model `node` is where it stands. Reports where it may not be what it says. */
function classesOf(node: Node, role: NodeRole, at: string, check: Check): ClassRule[] {
  const only = BY_ROLE.get(role);
  if (only) return [only];
  const types = [node.type ?? []].flat();
  if (role === 'body' || role === 'target') return [resourceOf(node, types, role, at, check)];
  const allowed = role === 'selector' ? SELECTORS : role === 'state' ? STATES : REFINEMENTS;
  if (types.length === 0 && !Object.hasOwn(node, 'id')) {
    check.report(`${at}/type`, 'This must say by its type, or by its id, what it is.');
  }
  if (types.some((type) => OWN_CLASSES.has(type as string) && !allowed.has(type as string))) {
    check.report(`${at}/type`, 'This must be one of: {values}.', { values: [...allowed.keys()].join(', ') });
  }
  const known = types.flatMap((type) => allowed.get(type as string) ?? []);
  return known.length > 0 ? known : [EXTENSION];
}

/** What the model does not know: only what any resource may have is checked. */
const EXTENSION: ClassRule = { properties: {} };

/** §4.2.9, §4.3.3: the model's text lets states refine states, and selectors both; nothing forbids the fourth. */
const REFINEMENTS = new Map([...SELECTORS, ...STATES]);

/** Which of the kinds of §3.2 and §4 a body or target is; what has only classes of others may be anything. */
function resourceOf(node: Node, types: unknown[], role: NodeRole, at: string, check: Check): ClassRule {
  const is = (...names: string[]) => names.some((name) => types.includes(name));
  if (is(...LISTS)) return LIST;
  if (is('TextualBody')) {
    if (role === 'body') return TEXTUAL;
    check.report(`${at}/type`, 'A target is not embedded text.');
    return EXTERNAL;
  }
  if (is('SpecificResource') || Object.hasOwn(node, 'source')) return SPECIFIC;
  const foreign = types.length > 0 && !types.some((type) => OWN_CLASSES.has(type as string));
  if (foreign) return EXTENSION;
  if (types.length === 0 && Object.hasOwn(node, 'items')) {
    check.report(`${at}/type`, 'This must be one of: {values}.', { values: LISTS.join(', ') });
    return EXTENSION;
  }
  return role === 'body' && Object.hasOwn(node, 'value') ? TEXTUAL : EXTERNAL;
}
