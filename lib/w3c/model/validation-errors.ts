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

/** Errors that are reported at most. */
const MAX_ERRORS = 500;

/**
 * All errors of `json` as a Web Annotation (W3C Web Annotation Data Model, 2017), each with its JSON pointer (RFC 6901),
 * which for a missing property is that of the property. The model's MUSTs are checked, its SHOULDs are not, and
 * properties that it does not know are ignored.
 */
export function validationErrors(json: unknown): FieldError[] {
  const errors = storageErrors(json);
  if (errors.length > 0) return errors.slice(0, MAX_ERRORS);
  const seen = new Set<string>();
  const report: Report = (pointer, detail, values) => {
    // A missing or mistyped property breaks several rules: only the first is reported.
    if (seen.has(pointer) || seen.size === MAX_ERRORS) return;
    seen.add(pointer);
    errors.push({ pointer, detail, ...(values && { values }) });
  };
  if (!isObject(json)) report('', 'This must be an object.');
  else {
    checkContext(json, report);
    const open = json['@context'] !== ANNO_CONTEXT;
    checkNode(json, 'annotation', '', { open, report });
  }
  return errors;
}

type Report = (pointer: string, detail: string, values?: Record<string, string>) => void;
/** `open`: contexts other than the model's may define terms. */
type Check = { open: boolean; report: Report };

/** §3.1: the context is the model's, as a string, or an array that contains it. */
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

/** The rules of a class with those of any resource, compiled once. */
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
  const checkItem = (item: unknown, pointer: string) => {
    if (typeof of === 'string') checkResource(item, of === 'same' ? role : of, pointer, check);
    else if (!of.holds(item, check.open)) check.report(pointer, of.detail, of.values);
  };
  if (!Array.isArray(value)) checkItem(value, at);
  else if (min > 0 && value.length === 0) check.report(at, 'This is missing.');
  else if (max === 1 && !(array && value.length === 1)) {
    check.report(at, 'There can be only one of this, and not as an array.');
  } else for (const [i, item] of value.entries()) checkItem(item, `${at}/${i}`);
}

/** The classes of the model that apply to `node` in its role. Reports types that the role does not allow. */
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

/** A class that the model does not know: only the properties of any resource are checked. */
const EXTENSION: ClassRule = { properties: {} };

/** §4.2.9, §4.3.3: the model's text lets states refine states, and selectors both; nothing forbids the fourth. */
const REFINEMENTS = new Map([...SELECTORS, ...STATES]);

/** The class of a body or target by §3.2 and §4; one with only unknown types may have any property. */
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
