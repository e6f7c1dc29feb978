import { collapseWhitespace } from './canonical-text';
import type { Correction, CorrectionKind, Span, SpanKind } from './schema';
import { httpUrlOrNull, parsePointers } from './tei-header';
import type { ElementRule } from './tei-rules';

/** A start tag. `at` is its index in the source, in code units. */
export type TeiTag = { name: string; at: number; attributes: ReadonlyMap<string, string> };

/** Refuses the file: `reason` is about the index `at` of the source. */
export type Refuse = (at: number, reason: string) => never;

type Range = { start: number; end: number };

/** Functions that read tags, and refuse invalid ones. Pointers that they meet are added to `links`. */
export function createTagReader(refuse: Refuse, links: { target: string; at: number }[]) {
  /** The attribute's value; refuses where it is absent. */
  function required(tag: TeiTag, name: string): string {
    return requiredAttribute(tag, name, refuse);
  }

  /** The targets of a tag: ids of this file without `#`, or web addresses. */
  function targetsOf(tag: TeiTag): string[] {
    return ['target', 'corresp'].flatMap((name) =>
      (tag.attributes.get(name) ?? '')
        .split(/\s+/)
        .filter((token) => token !== '')
        .map((token) => {
          const target = parsePointers(token)[0] ?? httpUrlOrNull(token);
          return target ?? refuse(tag.at, `“${token}” is neither an id of this file nor a web address`);
        }),
    );
  }

  function collectLinks(tag: TeiTag, ...names: string[]): void {
    for (const name of names) {
      for (const target of parsePointers(tag.attributes.get(name))) links.push({ target, at: tag.at });
    }
  }

  function checkAttributes(tag: TeiTag, rule: ElementRule): void {
    for (const name of tag.attributes.keys()) {
      if (!rule.attributes.includes(name)) refuse(tag.at, `<${tag.name}> may not have ${name}`);
    }
    for (const name of rule.required ?? []) required(tag, name);
  }

  /** The language of an element's content (BCP 47): its own, or its parent's. */
  function languageOf(tag: TeiTag, above: string | undefined): string {
    const language = tag.attributes.get('xml:lang') ?? above ?? required(tag, 'xml:lang');
    try {
      Intl.getCanonicalLocales(language);
      return language;
    } catch {
      return refuse(tag.at, `xml:lang="${language}" is no language tag`);
    }
  }

  return { required, targetsOf, collectLinks, checkAttributes, languageOf };
}

/** Whether a note is the editors', not printed: it is shown as apparatus and makes no canonical text. */
export function isEditorial(tag: TeiTag): boolean {
  return tag.name === 'note' && tag.attributes.get('type') === 'editorial';
}

/** The correction of a corr, reg, expan, supplied or editorial note; `text` is the element's text. */
export function correctionOf(
  { tag, text }: { tag: TeiTag; text: string },
  { start, end }: Range,
  kind: CorrectionKind,
  refuse: Refuse,
): Correction {
  const cert = requiredAttribute(tag, 'cert', refuse);
  const certainty = (['high', 'medium', 'low'] as const).find((level) => level === cert);
  const [resp] = parsePointers(requiredAttribute(tag, 'resp', refuse));
  if (!certainty) return refuse(tag.at, `cert="${cert}" is not high, medium or low`);
  if (resp === undefined) return refuse(tag.at, 'resp points to nobody in the header');
  const note = kind === 'note' ? collapseWhitespace(text).trim() : null;
  return { start, end, printed: '', corrected: collapseWhitespace(text), certainty, kind, note, resp };
}

/** The span of a foreign, title, ref, quote or seg. The title of a journal has a kind of its own, as it is set upright. */
export function spanOf(tag: TeiTag, start: number, end: number, targets: string[]): Span {
  const journal = tag.name === 'title' && tag.attributes.get('level') === 'j';
  return {
    start,
    end,
    kind: journal ? 'journal' : (tag.name as SpanKind),
    id: tag.attributes.get('xml:id') ?? null,
    language: tag.attributes.get('xml:lang') ?? null,
    targets,
    details: {},
  };
}

function requiredAttribute(tag: TeiTag, name: string, refuse: Refuse): string {
  return tag.attributes.get(name) ?? refuse(tag.at, `<${tag.name}> lacks ${name}`);
}
