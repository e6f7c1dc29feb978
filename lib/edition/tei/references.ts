import { elements, findElement, type HeaderNode } from './header';
import type { TeiTag } from './tei-tag';

/** A level of a canonical reference: which elements it counts, by which attribute, and what stands before its value. */
type ReferenceLevel = {
  name: string;
  conditions: [attribute: string, value: string][];
  use: string;
  delimiter: string;
  children: ReferenceLevel[];
};

/** The units of milestones that texts are cited by; a card of a web page is none. */
const CITED_UNITS =
  /^(?:section|subsection|chapter|book|page|stephanus|stephpage|bekker|para|paragraph|verse|alternative|)$/i;

/** The longest `@n` that is a number or a letter to cite by, and no title. */
const LONGEST_LABEL = 16;

/**
 * The references that an edition is cited by ("2.13", "17a"): as its header declares them (TEI P5 §17.2 refsDecl, with
 * citeStructure or cRefPattern), else by the `@n` of divisions, paragraphs and lines and by milestones.
 */
export function createReferences(header: HeaderNode | null) {
  const declared = readDeclaration(header);
  /** What each open element is cited by: its whole path, or null. */
  const open: { level: ReferenceLevel | null; path: string | null; label: string | null }[] = [];
  let milestone: string | null = null;

  function enter(tag: TeiTag, isCited: boolean): void {
    const above = open.at(-1);
    if (declared.length > 0) {
      const levels = above?.level ? above.level.children : declared;
      const level = levels.find((candidate) => matches(candidate, tag)) ?? null;
      const value = level && labelOf(tag.attributes.get(level.use));
      const path = level && value ? `${above?.path ? above.path + level.delimiter : ''}${value}` : null;
      open.push({
        level: path ? level : (above?.level ?? null),
        path: path ?? above?.path ?? null,
        label: path,
      });
      return;
    }
    const label = isCited ? labelOf(tag.attributes.get('n')) : null;
    const path = label ? [above?.path, label].filter(Boolean).join('.') : (above?.path ?? null);
    open.push({ level: null, path, label: label && path });
  }

  return {
    enter,
    leave: () => void open.pop(),
    mark: (label: string, unit: string) => {
      if (CITED_UNITS.test(unit)) milestone = label;
    },
    /** What the innermost open element is cited by; null where it is not counted itself. */
    own: (): string | null => open.at(-1)?.label ?? null,
    /** Whether the header says how the text is cited. */
    isDeclared: declared.length > 0,
    /** What a paragraph here is cited by: itself, else one of prose by the last milestone before it. */
    ofParagraph: (isProse: boolean): string | null => open.at(-1)?.label ?? (isProse ? milestone : null),
    /** What the division here is cited by. */
    ofDivision: (): string | null => open.at(-1)?.path ?? null,
  };
}

export type References = ReturnType<typeof createReferences>;

function labelOf(n: string | undefined): string | null {
  const label = n?.trim() ?? '';
  return label !== '' && label.length <= LONGEST_LABEL && !/\s/.test(label) ? label : null;
}

function matches({ name, conditions }: ReferenceLevel, tag: TeiTag): boolean {
  return (
    tag.name === name && conditions.every(([attribute, value]) => tag.attributes.get(attribute) === value)
  );
}

function readDeclaration(header: HeaderNode | null): ReferenceLevel[] {
  const refsDecl = header && findElement(header, 'refsDecl');
  if (!refsDecl) return [];
  const structures = elements(refsDecl).filter(({ name }) => name === 'citeStructure');
  if (structures.length > 0) return structures.flatMap(levelOf);
  const patterns = elements(refsDecl).filter(({ name }) => name === 'cRefPattern');
  const chains = patterns.map(chainOf).filter((chain) => chain.length > 0);
  const [longest] = chains.sort((a, b) => b.length - a.length);
  return longest ? [nested(longest)] : [];
}

/** A citeStructure: `@match` ends in the element that it counts, `@use` is an attribute (TEI P5 §17.2.5.4). */
function levelOf(node: HeaderNode): ReferenceLevel[] {
  const match = stepOf(node.attributes.get('match') ?? '');
  const use = /^@([\w:.-]+)$/.exec((node.attributes.get('use') ?? '').trim())?.[1];
  const children = elements(node)
    .filter(({ name }) => name === 'citeStructure')
    .flatMap(levelOf);
  if (!match || !use) return children;
  return [{ ...match, use, delimiter: node.attributes.get('delim') ?? '', children }];
}

/** The levels of a cRefPattern, outermost first: the steps of its XPath that are compared with a group of its pattern. */
function chainOf(node: HeaderNode): ReferenceLevel[] {
  const pattern = node.attributes.get('matchPattern') ?? '';
  const between = pattern.split(/\([^)]*\)/).slice(1, -1);
  const xpath = node.attributes.get('replacementPattern') ?? '';
  const steps = [...xpath.matchAll(/([\w.:-]+)((?:\[[^\]]*\])*)\[@([\w:.-]+)\s*=\s*['"]?\$\d+['"]?\]/g)];
  return steps.flatMap(([, name, conditions, use], i) => {
    const step = stepOf(`${name}${conditions}`);
    const delimiter = i === 0 ? '' : (between[i - 1] ?? '.').replace(/\\(.)/g, '$1');
    return step && use ? [{ ...step, use, delimiter, children: [] }] : [];
  });
}

function nested([first, ...rest]: ReferenceLevel[]): ReferenceLevel {
  return { ...(first as ReferenceLevel), children: rest.length > 0 ? [nested(rest)] : [] };
}

/** The element and the conditions of an XPath's last step. */
function stepOf(xpath: string): Pick<ReferenceLevel, 'name' | 'conditions'> | null {
  const step = /(?:^|\/)(?:[\w.-]+:)?([\w.-]+)((?:\[[^\]]*\])*)\s*$/.exec(xpath.trim());
  if (!step) return null;
  const conditions = [...(step[2] ?? '').matchAll(/\[@([\w:.-]+)\s*=\s*['"]([^'"]*)['"]\]/g)];
  return {
    name: step[1] as string,
    conditions: conditions.map(([, attribute = '', value = '']) => [attribute, value]),
  };
}
