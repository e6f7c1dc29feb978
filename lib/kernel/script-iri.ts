/** Schemes that a browser runs, and data that it would show as a page with scripts. No text needs them. */
const RUNS =
  /^(javascript|vbscript|livescript|mocha):|^data:(text\/html|image\/svg|application\/xhtml|text\/xml|application\/xml)/i;

/** What a browser passes over in the scheme of an address (WHATWG URL §4.4: C0 controls, tabs, line ends), and white space. */
const PASSED_OVER = /[\s\p{Cc}\p{Cf}]+/gu;

/** Whether a browser would run `value` if somebody followed it as an address. */
export function isScriptIri(value: string): boolean {
  return RUNS.test(value.slice(0, 1_000).replace(PASSED_OVER, ''));
}
