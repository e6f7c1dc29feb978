/** The page's style sheet: light and dark, wide and narrow screens, print. It fetches nothing. */
export const STYLE = `
:root { color-scheme: light dark; --paper: #fffdf8; --ink: #1d1b18; --quiet: #5d574e; --line: #cfc8bb;
  --mark: #fde9a8; --mark2: #fbd774; --mark3: #f6bf45; --link: #164f86; }
@media (prefers-color-scheme: dark) { :root { --paper: #191714; --ink: #ece7dd; --quiet: #aba395; --line: #4a453c;
  --mark: #4a3d12; --mark2: #665213; --mark3: #846a14; --link: #9cc7f2; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-inline-size: 76rem; padding: 1.5rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.55 Georgia, "Noto Serif", "DejaVu Serif", serif; overflow-wrap: anywhere; }
h1, h2, h3, h4 { line-height: 1.25; text-wrap: balance; }
a { color: var(--link); }
.row { display: grid; grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); gap: 1.5rem; align-items: start; }
.row > p { margin: 0 0 0.75rem; }
.head, .subhead, .masthead, .byline { font-weight: bold; }
.address, .salute, .signed, .dateline, .source { font-style: italic; }
.row > .line { margin: 0; padding-inline-start: 1.5em; text-indent: -1.5em; }
.row > .item { display: list-item; margin-inline-start: 1.5em; }
.speaker { font-variant-caps: small-caps; }
.stage, .argument { font-style: italic; }
.cells { display: flex; gap: 1rem; margin-block-end: 0.5rem; }
.cells > p { flex: 1; margin: 0; }
.thread h4 > span, .body :is(p, li, blockquote) { unicode-bidi: plaintext; }
mark { background: var(--mark); color: inherit; }
mark.m2 { background: var(--mark2); }
mark.m3 { background: var(--mark3); }
sup { font-size: 0.7em; line-height: 0; }
.page, .reading { color: var(--quiet); font-size: 0.85em; }
.threads { font: 0.85rem/1.45 system-ui, "Noto Sans", "DejaVu Sans", sans-serif; }
.thread { border-block-start: 1px solid var(--line); margin-block-end: 1rem; padding-block-start: 0.4rem; }
.thread h4 { margin: 0 0 0.4rem; font-weight: normal; color: var(--quiet); }
figure { margin: 0 0 0.5rem; }
figure img { max-inline-size: 100%; border: 1px solid var(--line); }
figcaption { color: var(--quiet); }
.note { margin: 0 0 0.6rem calc(min(var(--depth), 6) * 0.9rem); }
.note.reply { border-inline-start: 2px solid var(--line); padding-inline-start: 0.6rem; }
.note > header { color: var(--quiet); }
.note > header b { color: var(--ink); }
.body > :first-child { margin-block-start: 0.15rem; }
.body > :last-child { margin-block-end: 0; }
.body pre, .body table { overflow-x: auto; max-inline-size: 100%; }
@media (max-width: 45rem) { body { padding: 1rem; } .row { display: block; } }
@media print { :root { color-scheme: light; --paper: #fff; --ink: #000; --quiet: #444; --line: #999;
    --mark: #eee; --mark2: #ddd; --mark3: #ccc; --link: #000; }
  body { max-inline-size: none; padding: 0; font-size: 10pt; } .threads { font-size: 8.5pt; }
  mark { text-decoration: underline; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  h2, h3, h4 { break-after: avoid; } .note { break-inside: avoid; } a { text-decoration: none; } }
`;
