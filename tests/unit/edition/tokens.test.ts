import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';

const css = readFileSync('app/_ui/tokens.css', 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');

/** The colours of a theme by token: `:root`, and over it what the theme sets. */
function coloursOf(theme: 'light' | 'dark' | 'sepia'): Map<string, string> {
  const blocks = [...css.matchAll(/^(:root[^{]*)\{([^}]*)\}/gm)];
  const of = (selector: string) => blocks.find(([, name]) => name?.trim() === selector)?.[2] ?? '';
  const text = of(':root') + (theme === 'sepia' ? of(':root[data-theme="sepia"]') : '');
  const colours = new Map<string, string>();
  for (const [, name = '', light = '', dark] of text.matchAll(
    /--([\w-]+): (?:light-dark\()?(#[0-9a-f]{6})(?:, (#[0-9a-f]{6})\))?;/g,
  )) {
    colours.set(name, theme === 'dark' && dark ? dark : light);
  }
  return colours;
}

/** Relative luminance (WCAG 2.2, definition). */
function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

describe('the colours', () => {
  for (const theme of ['light', 'dark', 'sepia'] as const) {
    it(`of the ${theme} theme can be read (WCAG 2.2 AA)`, () => {
      const colours = coloursOf(theme);
      const colour = (name: string) => {
        const found = colours.get(name);
        assert.ok(found, `there is no --${name}`);
        return found;
      };
      const faults: string[] = [];
      function check(name: string, ground: string, least: number): void {
        const reached = contrast(colour(name), colour(ground));
        if (reached < least) faults.push(`${name} on ${ground}: ${reached.toFixed(2)} < ${least}`);
      }
      for (const ground of ['paper', 'surface', 'raised']) {
        for (const text of ['ink', 'muted', 'accent', 'danger', 'warning', 'success'])
          check(text, ground, 4.5);
        for (const line of ['edge', 'focus', 'mark']) check(line, ground, 3);
      }
      for (const text of ['ink', 'accent']) check(text, 'wash', 4.5);
      for (const state of ['danger', 'warning', 'success']) check(state, `${state}-wash`, 4.5);
      check('accent', 'accent-wash', 4.5);
      check('accent-ink', 'accent', 4.5);
      check('act-ink', 'act', 4.5);
      check('act-ink', 'act-hover', 4.5);
      check('danger-ink', 'danger', 4.5);
      for (const cloth of [1, 2, 3, 4, 5, 6]) check(`cloth-${cloth}-ink`, `cloth-${cloth}`, 4.5);
      assert.deepEqual(faults, []);
    });
  }
});
