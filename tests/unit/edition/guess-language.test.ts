import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { guessLanguage } from '@/lib/edition/guess-language';
import { parseTei } from '@/lib/edition/parse-tei';
import { tei } from './fixture';

const WORDS = {
  en: 'The river was long and the people who lived upon its banks had never asked where it came from or went.',
  de: 'Der Fluss war lang, und die Leute an seinen Ufern hatten niemals gefragt, woher er kam oder wohin er ging.',
  ru: 'Река была длинной, и люди, которые жили на её берегах, никогда не спрашивали, откуда и куда она течёт.',
  ro: 'Râul era lung, iar oamenii care trăiau pe malurile lui nu întrebaseră niciodată de unde vine și unde merge.',
  la: 'Flumen longum erat, neque homines qui ripas eius incolebant umquam quaesiverant unde veniret aut quo iret.',
  grc: 'ὁ ποταμὸς μακρὸς ἦν, καὶ οἱ ἄνθρωποι οἱ παρὰ τὰς ὄχθας οἰκοῦντες οὐδέποτε ἠρώτησαν πόθεν ἔρχεται ἢ ποῖ.',
};

describe('the language of a text that says none', () => {
  for (const [language, words] of Object.entries(WORDS)) {
    it(`is guessed to be ${language}`, () => assert.equal(guessLanguage(`${words} ${words}`), language));
  }

  it('is not guessed from a few words', () => {
    assert.equal(guessLanguage('The river'), null);
    assert.equal(guessLanguage('1 2 3 '.repeat(200)), null);
  });

  it('is not guessed from a script that the guessed language is not written in', () => {
    assert.equal(
      guessLanguage('ܢܗܪܐ ܐܪܝܟܐ ܗܘܐ ܘܐܢܫܐ ܕܥܡܪܝܢ ܗܘܘ ܥܠ ܣܦܬܗ ܠܐ ܫܐܠܘ ܡܢ ܐܝܟܐ ܐܬܐ ܘܠܐܝܟܐ ܐܙܠ '.repeat(3)),
      null,
    );
  });

  it('is proposed and not taken', () => {
    const source = tei(`<p>${WORDS.de}</p>`)
      .replace(/ xml:lang="[^"]*"/g, '')
      .replace(/<langUsage>[\s\S]*?<\/langUsage>/, '');
    const { language, report } = parseTei(source);
    assert.equal(language, 'und');
    assert.deepEqual(
      report.decisions.find(({ field }) => field === 'language'),
      { field: 'language', value: 'und', proposed: 'de' },
    );
    assert.equal(
      parseTei(source, { language: 'nl' }).report.decisions.some(({ field }) => field === 'language'),
      false,
    );
  });
});
