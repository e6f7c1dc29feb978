import { readdirSync } from 'node:fs';

/** Where Next puts the files that style sheets name; a server in development has none there, and preloads nothing. */
const MEDIA = '.next/static/media';

/** Languages of Latin script whose letters are all in the first file of a face (U+0000–00FF). */
const BASIC_LATIN = new Set(['en', 'de', 'fr', 'it', 'es', 'pt', 'nl', 'sv', 'da', 'nb', 'la']);

type Face = 'source-serif-4' | 'source-sans-3';

let files: Map<string, string> | undefined;

/**
 * Has the browser load `faces` together with the style sheet: those files that a text in `language` (BCP 47) needs, but
 * not those that the page loads for the language `besides`. A face that comes after the first paint would move what is
 * already read.
 */
export function PreloadedFaces({
  language,
  besides,
  faces,
}: {
  language: string;
  besides?: string;
  faces: Face[];
}) {
  const known = besides === undefined ? [] : subsetsOf(besides);
  const subsets = subsetsOf(language).filter((subset) => !known.includes(subset));
  const names = faces.flatMap((face) => subsets.map((subset) => `${face}-${subset}-wght-normal`));
  return names.map((name) => {
    const file = mediaFiles().get(name);
    if (!file) return null;
    const href = `/_next/static/media/${file}`;
    return <link key={name} rel="preload" href={href} as="font" type="font/woff2" crossOrigin="" />;
  });
}

/** The subsets of a face for a language; Latin is always needed, for figures and spaces. */
function subsetsOf(language: string): string[] {
  const script = scriptOf(language);
  if (script === 'Cyrl') return ['latin', 'cyrillic'];
  if (script === 'Grek') return ['latin', 'greek'];
  const [name = ''] = language.split('-');
  return script !== 'Latn' || BASIC_LATIN.has(name) ? ['latin'] : ['latin', 'latin-ext'];
}

function scriptOf(language: string): string | undefined {
  try {
    return new Intl.Locale(language).maximize().script;
  } catch {
    // A text may state what is no language tag.
    return undefined;
  }
}

/** The file of each font by its name without the hash. */
function mediaFiles(): Map<string, string> {
  files ??= new Map(listMedia().map((file) => [file.split('.')[0] ?? '', file]));
  return files;
}

function listMedia(): string[] {
  try {
    return readdirSync(MEDIA).filter((file) => file.endsWith('.woff2'));
  } catch {
    return [];
  }
}
