/** How headings of plain texts are told from their words, in the languages that readers bring. */

const ROMAN = '(?=[ivxlcdm])m{0,3}(?:c[md]|d?c{0,3})(?:x[cl]|l?x{0,3})(?:i[xv]|v?i{0,3})';
const NUMBER_WORDS =
  'one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last|the\\s+\\p{L}+|перв\\p{L}+|втор\\p{L}+|трет\\p{L}+|четв\\p{L}+|пят\\p{L}+|шест\\p{L}+|седьм\\p{L}+|восьм\\p{L}+|девят\\p{L}+|десят\\p{L}+|\\p{L}+надцат\\p{L}+|\\p{L}*последн\\p{L}+|întâi|prim\\p{L}|dou\\p{L}+|trei|patru|cinci|șase|șapte|opt|nouă|zece|premi\\p{L}+|erste\\p{L}*|zweite\\p{L}*|dritte\\p{L}*';
const NUMBER = `(?:№\\s*)?(?:\\d{1,4}|${ROMAN}|${NUMBER_WORDS})`;

/** Words that begin a heading when a number follows, by the level of what they name. */
const NUMBERED: [level: number, words: string][] = [
  [1, 'volume|vol\\.|tome|band|том|томъ|volumul|tomul'],
  [2, 'part|book|partie|livre|teil|buch|часть|книга|partea|cartea|act|acte|akt|aufzug|действие|акт|actul'],
  [
    3,
    'chapter|chap\\.|chapitre|kapitel|глава|capitolul|cap\\.|capitolo|capítulo|letter|lettre|brief|письмо|scrisoarea|canto|chant|gesang|песнь|cântul|sermon|lecture|lesson|лекция',
  ],
  [4, 'scene|scène|szene|явление|сцена|картина|scena|section|abschnitt|раздел|secțiunea|§'],
];

/** Words that are a heading alone. */
const ALONE =
  'preface|foreword|introduction|prologue|epilogue|conclusion|contents|table of contents|appendix|dedication|notes|footnotes|endnotes|bibliography|glossary|index|acknowledge?ments|afterword|preamble|abstract|предисловие|введение|вступление|пролог|эпилог|заключение|содержание|оглавление|приложение|примечания|послесловие|библиография|prefață|cuvânt înainte|introducere|prolog|epilog|încheiere|concluzii|cuprins|anexă|anexe|note|bibliografie|préface|avant-propos|vorwort|einleitung|nachwort|inhalt|anhang';

const PATTERNS: [level: number, pattern: RegExp][] = [
  ...NUMBERED.map(([level, words]): [number, RegExp] => [
    level,
    new RegExp(`^(?:the\\s+)?(?:${words})\\s*(?:${NUMBER})(?![\\p{L}\\p{N}])`, 'iu'),
  ]),
  [3, new RegExp(`^(?:${ALONE})\\s*[.:]?$`, 'iu')],
  [3, new RegExp(`^${ROMAN.toUpperCase().replace(/\(\?=\[IVXLCDM\]\)/, '(?=[IVXLCDM])')}\\.?$`, 'u')],
];

const LONGEST_HEADING = 90;
const NO_HEADING = /^(?:the end|end|finis|fin|ende|конец|sfârșit|sfarsit)\s*[.!]?$/i;

/**
 * The level (1 to 4) of a paragraph of one or two lines that is a heading by its words: “CHAPTER I”, “Глава 1”,
 * “Capitolul 2. Sosirea”, “Preface”, “XIV.”. Null for any other.
 */
export function headingLevel(lines: string[]): number | null {
  const [first = '', second = ''] = lines.map((line) => line.trim());
  if (lines.length > 2 || first.length > LONGEST_HEADING || second.length > LONGEST_HEADING) return null;
  // A sentence that begins with “Part one …” goes on.
  if (
    second === ''
      ? /[,;]$|[\p{Ll}]{2}\.$/u.test(first) && first.split(/\s+/).length > 6
      : /^\p{Ll}/u.test(second)
  )
    return null;
  const found = PATTERNS.find(([, pattern]) => pattern.test(first));
  if (!found) return null;
  if (second !== '' && PATTERNS.some(([, pattern]) => pattern.test(second))) return null;
  return found[0];
}

/** Whether a paragraph is one short line of capitals, as titles and subtitles are typed. */
export function isTitleLine(lines: string[]): boolean {
  const line = (lines[0] ?? '').trim();
  if (lines.length !== 1 || line.length > LONGEST_HEADING || NO_HEADING.test(line)) return false;
  const letters = line.match(/\p{L}/gu) ?? [];
  return letters.length >= 3 && /\p{Lu}/u.test(line) && line === line.toUpperCase() && !/[,;:]$/.test(line);
}
