import type { ContainerKind, ParagraphKind, SpanKind } from '../schema';

/**
 * What the parser does with an element of TEI P5 (or of any other vocabulary: `UNKNOWN`). The table is total, because an
 * import refuses no element and loses no word (design.md, "Any text").
 *
 * - `division` is a node of the contents; `container` encloses paragraphs; `block` is a paragraph.
 * - `inline` is a range of the paragraph around it, with a span where it has a kind. `phrase` is that, or a paragraph
 *   of its own where none is open (a `seg` in a `u`, a `stage` between speeches).
 * - `point` is between two characters. `note` has a text of its own. `frame` only holds what it holds.
 * - `choice` and `app` show one of their children; `reading` is a child that stands beside the text.
 * - `skipped` is left out on purpose, and the report says how many words that takes.
 */
export type ElementRole =
  | { role: 'frame' | 'note' | 'choice' | 'app' | 'reading' | 'skipped' | 'unknown' }
  | { role: 'division' }
  | { role: 'container'; kind: ContainerKind; text?: ParagraphKind }
  | { role: 'block'; kind: ParagraphKind }
  | { role: 'inline'; kind: SpanKind | null }
  | { role: 'phrase'; kind: SpanKind | null; block: ParagraphKind; container?: ContainerKind }
  | { role: 'point'; kind: SpanKind | 'page' | null };

const roles = new Map<string, ElementRole>();

function set(names: string, role: ElementRole): void {
  for (const name of names.trim().split(/\s+/)) roles.set(name, role);
}

// TEI P5 §4: default structure. `text` and `TEI` are divisions where they stand inside another (see body-reader).
set('TEI TEI.2 teiCorpus teiCorpus.2 text group body front back p4 div.group', { role: 'frame' });
set('div div0 div1 div2 div3 div4 div5 div6 div7', { role: 'division' });
set('titlePage', { role: 'container', kind: 'titlepage' });
set('docTitle', { role: 'frame' });
set('titlePart', { role: 'block', kind: 'title' });
set('docAuthor byline', { role: 'phrase', kind: null, block: 'byline' });
set('docImprint docEdition docDate imprimatur', { role: 'phrase', kind: null, block: 'imprint' });
set('floatingText', { role: 'container', kind: 'letter' });
set('opener', { role: 'container', kind: 'opener' });
set('closer', { role: 'container', kind: 'closer' });
set('postscript', { role: 'container', kind: 'postscript' });
set('epigraph', { role: 'container', kind: 'epigraph' });
set('argument', { role: 'container', kind: 'argument' });
set('head', { role: 'block', kind: 'head' });
set('salute', { role: 'phrase', kind: null, block: 'salute' });
set('signed', { role: 'phrase', kind: null, block: 'signed' });
set('dateline', { role: 'phrase', kind: null, block: 'dateline' });
set('address', { role: 'block', kind: 'address' });
set('trailer', { role: 'block', kind: 'trailer' });

// §3: elements of all texts.
set('p ab', { role: 'block', kind: 'p' });
set(
  'list listBibl listWit listPerson listPlace listOrg listNym listEvent listObject listRelation listForest',
  {
    role: 'container',
    kind: 'list',
  },
);
set('item witness person personGrp place org nym castItem eTree', {
  role: 'container',
  kind: 'item',
  text: 'item',
});
set('label', { role: 'phrase', kind: 'label', block: 'label' });
set('quote q said', { role: 'phrase', kind: 'quote', block: 'p', container: 'quote' });
set('cit', { role: 'phrase', kind: null, block: 'p', container: 'quote' });
set('table', { role: 'container', kind: 'table' });
set('row', { role: 'container', kind: 'row' });
set('cell', { role: 'container', kind: 'cell', text: 'cell' });
set('figure', { role: 'container', kind: 'figure', text: 'caption' });
set('note', { role: 'note' });
set('witDetail', { role: 'note' });
set('hi', { role: 'inline', kind: 'hi' });
set('emph', { role: 'inline', kind: 'emph' });
set('title', { role: 'inline', kind: 'title' });
set('foreign', { role: 'inline', kind: 'foreign' });
set('term gloss mentioned soCalled distinct', { role: 'inline', kind: 'term' });
set('ref', { role: 'inline', kind: 'ref' });
set('seg s', { role: 'phrase', kind: 'seg', block: 'p' });
set('bibl biblStruct biblFull', { role: 'phrase', kind: 'bibl', block: 'bibl' });
set(
  'name rs persName orgName placeName geogName country settlement region district bloc objectName eventName',
  {
    role: 'inline',
    kind: 'name',
  },
);
set('date time', { role: 'inline', kind: 'date' });
set('code ident gi att val tag', { role: 'inline', kind: 'code' });
set('eg egXML', { role: 'phrase', kind: 'code', block: 'p' });
set(
  `addName forename surname genName nameLink roleName num measure measureGrp unit email author editor publisher
   pubPlace biblScope citedRange series imprint monogr analytic edition idno resp respStmt addrLine street postCode
   postBox affiliation role roleDesc actor w pc m c cl phr g formula desc orgTitle extent relatedItem textLang
   lang usg pRef oRef offset geogFeat climate state trait event relation birth death sex age occupation
   residence education faith nationality langKnowledge langKnown floruit persona width height depth dim
   material objectType locus locusGrp secFol catchwords signatures stamp watermark origDate origPlace heraldry
   caesura rhyme camera sound tech view caption tagUsage metamark mod retrace redo undo restore line zone listRef`,
  { role: 'inline', kind: null },
);
// §11, §12: transcription.
set('add', { role: 'inline', kind: 'add' });
set('del', { role: 'inline', kind: 'del' });
set('unclear', { role: 'inline', kind: 'unclear' });
set('supplied', { role: 'inline', kind: 'supplied' });
set('surplus secl', { role: 'inline', kind: 'surplus' });
set('damage', { role: 'inline', kind: 'damage' });
set('abbr', { role: 'inline', kind: 'abbr' });
set('expan', { role: 'inline', kind: null });
set('ex', { role: 'inline', kind: 'expansion' });
set('am subst sic corr orig reg hyph', { role: 'inline', kind: null });
set('choice', { role: 'choice' });
set('gap', { role: 'point', kind: 'gap' });
set('space', { role: 'point', kind: 'space' });
set('milestone', { role: 'point', kind: 'milestone' });
set('lb', { role: 'point', kind: 'linebreak' });
set('cb', { role: 'point', kind: 'columnbreak' });
set('pb', { role: 'point', kind: 'page' });
set('graphic media', { role: 'point', kind: 'graphic' });
set(
  `gb anchor handShift delSpan addSpan damageSpan lacunaStart lacunaEnd witStart witEnd move alt link join when pause
   shift divGen timeline ptr`,
  { role: 'point', kind: null },
);
set('incident kinesic vocal writing', { role: 'phrase', kind: 'stage', block: 'stage' });
// §13: apparatus. A reading that is not the text stands beside it.
set('app', { role: 'app' });
set('lem', { role: 'inline', kind: null });
set('rdg wit', { role: 'reading' });
set('rdgGrp listApp', { role: 'frame' });
// §6: verse. §7: drama. §8: speech.
set('lg', { role: 'container', kind: 'stanza' });
set('l', { role: 'block', kind: 'line' });
set('sp spGrp', { role: 'container', kind: 'speech' });
set('u', { role: 'container', kind: 'speech' });
set('speaker', { role: 'block', kind: 'speaker' });
set('stage', { role: 'phrase', kind: 'stage', block: 'stage' });
set('castList', { role: 'container', kind: 'castlist' });
set('castGroup', { role: 'container', kind: 'block' });
set('set prologue epilogue performance', { role: 'container', kind: 'block' });
// §9: dictionaries.
set('entry superEntry entryFree hom re dictScrap nonTerminal', { role: 'container', kind: 'entry' });
set('form orth pron hyph syll stress gramGrp gram pos gen case number per tns mood itype subc colloc iType', {
  role: 'inline',
  kind: 'form',
});
set('sense', { role: 'phrase', kind: 'sense', block: 'p', container: 'item' });
set('def etym xr lbl', { role: 'inline', kind: null });
// What is left out on purpose: running heads, metadata, stand-off mark-up, transcriptions beside the text.
set(
  `teiHeader fw standOff facsimile sourceDoc xenoData index interp interpGrp span spanGrp linkGrp joinGrp altGrp
   certainty precision respons fsdDecl fs fLib fvLib figDesc notatedMusic binaryObject particDesc settingDesc
   annotationBlock listAnnotation listChange fsDecl alternate teiCorpusHeader listTranspose`,
  { role: 'skipped' },
);

const UNKNOWN: ElementRole = { role: 'unknown' };

/** The role of an element by its local name, whatever its namespace. */
export function roleOf(name: string): ElementRole {
  return roles.get(name) ?? UNKNOWN;
}

/** Whether an element is one of TEI's. */
export function isKnownElement(name: string): boolean {
  return roles.has(name);
}

/** The elements of a header that are read (tei/header.ts), as far as they are none of texts. */
const HEADER_NAMES =
  `fileDesc titleStmt publicationStmt sourceDesc profileDesc encodingDesc revisionDesc langUsage language availability
   licence editorialDecl tagsDecl rendition correspDesc correspAction msDesc msIdentifier msItem refsDecl`.split(
    /\s+/,
  );

let byLowerCase: ReadonlyMap<string, string> | undefined;

/** The names of TEI's elements by the same in small letters. */
export function elementNames(): ReadonlyMap<string, string> {
  byLowerCase ??= new Map([...roles.keys(), ...HEADER_NAMES].map((name) => [name.toLowerCase(), name]));
  return byLowerCase;
}

/** The children of a choice that stand in the text, in the order of our preference, and the kind of those that do not. */
export const PRINTED_READINGS: readonly string[] = ['sic', 'orig', 'abbr', 'am', 'seg', 'unclear'];
export const CORRECTED_READINGS: ReadonlyMap<string, 'sic' | 'reg' | 'expan'> = new Map([
  ['corr', 'sic'],
  ['reg', 'reg'],
  ['expan', 'expan'],
  ['ex', 'expan'],
] as const);
