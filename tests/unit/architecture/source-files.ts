import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** A file of code. `room` is its folder of `lib`, else `app`, `seed`, `scripts` or `server`. */
export type SourceFile = { path: string; room: string; code: string };

/** Run by developers alone, with the browser of the tests: no part of what is built. */
const WORKSHOP = ['scripts/render-sample-pages.ts'];

function pathsIn(place: string): string[] {
  if (/\.(ts|tsx)$/.test(place)) return [place];
  return readdirSync(place, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === 'generated') return [];
    const inner = path.posix.join(place, entry.name);
    return entry.isDirectory() ? pathsIn(inner) : /\.(ts|tsx)$/.test(entry.name) ? [inner] : [];
  });
}

export function roomOf(file: string): string {
  const [top = '', room = ''] = file.split('/');
  return top === 'lib' ? room : top.replace(/\.ts$/, '');
}

/** Every file of code that is part of the server or of a page. */
export const sourceFiles: SourceFile[] = ['lib', 'app', 'seed', 'scripts', 'server.ts']
  .flatMap(pathsIn)
  .filter((file) => !WORKSHOP.includes(file))
  .map((file) => ({ path: file, room: roomOf(file), code: readFileSync(file, 'utf8') }));

/** The files of ours that `file` imports, types too, as paths from the root without their ending. */
export function importsOf({ path: from, code }: Pick<SourceFile, 'path' | 'code'>): string[] {
  return [...code.matchAll(/(?:from|import\(|import)\s*'([^']+)'/g)]
    .map(([, target]) => target as string)
    .filter((target) => target.startsWith('@/') || target.startsWith('.'))
    .map((target) =>
      target.startsWith('@/') ? target.slice(2) : path.posix.join(path.posix.dirname(from), target),
    )
    .filter((target) => !/\.(css|json)$/.test(target) && !target.includes('/generated/'));
}
