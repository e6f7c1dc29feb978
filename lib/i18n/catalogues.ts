import compile from 'icu-minify/compile';
import type { Locale } from './locales';
import accountEn from './messages/account.en.json';
import accountRo from './messages/account.ro.json';
import accountRu from './messages/account.ru.json';
import annotationEn from './messages/annotation.en.json';
import annotationRo from './messages/annotation.ro.json';
import annotationRu from './messages/annotation.ru.json';
import assignmentsEn from './messages/assignments.en.json';
import assignmentsRo from './messages/assignments.ro.json';
import assignmentsRu from './messages/assignments.ru.json';
import canvasEn from './messages/canvas.en.json';
import canvasRo from './messages/canvas.ro.json';
import canvasRu from './messages/canvas.ru.json';
import commonEn from './messages/common.en.json';
import commonRo from './messages/common.ro.json';
import commonRu from './messages/common.ru.json';
import exportEn from './messages/export.en.json';
import exportRo from './messages/export.ro.json';
import exportRu from './messages/export.ru.json';
import groupsEn from './messages/groups.en.json';
import groupsRo from './messages/groups.ro.json';
import groupsRu from './messages/groups.ru.json';
import homeEn from './messages/home.en.json';
import homeRo from './messages/home.ro.json';
import homeRu from './messages/home.ru.json';
import imageEn from './messages/image.en.json';
import imageRo from './messages/image.ro.json';
import imageRu from './messages/image.ru.json';
import importEn from './messages/import.en.json';
import importRo from './messages/import.ro.json';
import importRu from './messages/import.ru.json';
import libraryEn from './messages/library.en.json';
import libraryRo from './messages/library.ro.json';
import libraryRu from './messages/library.ru.json';
import moderationEn from './messages/moderation.en.json';
import moderationRo from './messages/moderation.ro.json';
import moderationRu from './messages/moderation.ru.json';
import notebookEn from './messages/notebook.en.json';
import notebookRo from './messages/notebook.ro.json';
import notebookRu from './messages/notebook.ru.json';
import noticesEn from './messages/notices.en.json';
import noticesRo from './messages/notices.ro.json';
import noticesRu from './messages/notices.ru.json';
import privacyEn from './messages/privacy.en.json';
import privacyRo from './messages/privacy.ro.json';
import privacyRu from './messages/privacy.ru.json';
import problemsEn from './messages/problems.en.json';
import problemsRo from './messages/problems.ro.json';
import problemsRu from './messages/problems.ru.json';
import readingEn from './messages/reading.en.json';
import readingRo from './messages/reading.ro.json';
import readingRu from './messages/reading.ru.json';
import searchEn from './messages/search.en.json';
import searchRo from './messages/search.ro.json';
import searchRu from './messages/search.ru.json';
import statementsEn from './messages/statements.en.json';
import statementsRo from './messages/statements.ro.json';
import statementsRu from './messages/statements.ru.json';
import textsEn from './messages/texts.en.json';
import textsRo from './messages/texts.ro.json';
import textsRu from './messages/texts.ru.json';
import type { CompiledMessages } from './translate';

/** Every message by namespace and language. A new namespace is three files and one line here. */
export const catalogues = {
  common: { en: commonEn, ru: commonRu, ro: commonRo },
  home: { en: homeEn, ru: homeRu, ro: homeRo },
  library: { en: libraryEn, ru: libraryRu, ro: libraryRo },
  account: { en: accountEn, ru: accountRu, ro: accountRo },
  notebook: { en: notebookEn, ru: notebookRu, ro: notebookRo },
  search: { en: searchEn, ru: searchRu, ro: searchRo },
  groups: { en: groupsEn, ru: groupsRu, ro: groupsRo },
  assignments: { en: assignmentsEn, ru: assignmentsRu, ro: assignmentsRo },
  canvas: { en: canvasEn, ru: canvasRu, ro: canvasRo },
  reading: { en: readingEn, ru: readingRu, ro: readingRo },
  annotation: { en: annotationEn, ru: annotationRu, ro: annotationRo },
  moderation: { en: moderationEn, ru: moderationRu, ro: moderationRo },
  export: { en: exportEn, ru: exportRu, ro: exportRo },
  image: { en: imageEn, ru: imageRu, ro: imageRo },
  import: { en: importEn, ru: importRu, ro: importRo },
  texts: { en: textsEn, ru: textsRu, ro: textsRo },
  statements: { en: statementsEn, ru: statementsRu, ro: statementsRo },
  notices: { en: noticesEn, ru: noticesRu, ro: noticesRo },
  privacy: { en: privacyEn, ru: privacyRu, ro: privacyRo },
  problems: { en: problemsEn, ru: problemsRu, ro: problemsRo },
} satisfies Record<string, Record<Locale, Record<string, string>>>;

export type Namespace = keyof typeof catalogues;

/** The keys of a namespace: those of its English catalogue. */
export type Key<N extends Namespace> = keyof (typeof catalogues)[N]['en'] & string;

const compiled = new Map<string, CompiledMessages>();

/** The messages of a namespace, compiled once in a process. Throws where a message is not valid ICU. */
export function compiledMessages(locale: Locale, namespace: Namespace): CompiledMessages {
  const name = `${namespace}.${locale}`;
  let messages = compiled.get(name);
  if (!messages) {
    const source: Record<string, string> = catalogues[namespace][locale];
    const all = Object.fromEntries(Object.entries(source).map(([key, text]) => [key, compile(text)]));
    // React does not serialise the compiler's objects, because they have no prototype.
    messages = JSON.parse(JSON.stringify(all)) as CompiledMessages;
    compiled.set(name, messages);
  }
  return messages;
}
