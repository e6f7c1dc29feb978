import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Plugin } from 'esbuild';

const MAP = 'node_modules/hypothesis/build/scripts/annotator.bundle.js.map';
const ROOT = 'app:///';

/**
 * The modules of the Hypothesis client as its npm package carries them, in the map of its bundle. The client itself
 * wants its sidebar and its service before it anchors anything; these do it without.
 */
export function hypothesisSource(): Plugin {
  const { sources, sourcesContent } = JSON.parse(readFileSync(MAP, 'utf8')) as {
    sources: string[];
    sourcesContent: string[];
  };
  const texts = new Map(sources.map((source, i) => [source.replace(ROOT, ''), sourcesContent[i] as string]));
  return {
    name: 'hypothesis-source',
    setup(build) {
      const namespace = 'hypothesis';
      build.onResolve({ filter: /^hypothesis\// }, ({ path: wanted }) => ({
        path: `src/annotator/${wanted.slice('hypothesis/'.length)}.ts`,
        namespace,
      }));
      build.onResolve({ filter: /./, namespace }, ({ path: wanted, importer }) => {
        if (!wanted.startsWith('.')) return { path: mainOf(wanted) };
        const base = path.posix.join(path.posix.dirname(importer), wanted);
        const found = [`${base}.ts`, `${base}.tsx`, `${base}.js`, base].find((name) => texts.has(name));
        // What is of types alone is not in the map.
        return found ? { path: found, namespace } : { path: base, namespace: 'nothing' };
      });
      build.onLoad({ filter: /./, namespace }, ({ path: name }) => ({
        contents: texts.get(name) ?? '',
        loader: name.endsWith('x') ? 'tsx' : 'ts',
        resolveDir: process.cwd(),
      }));
      build.onLoad({ filter: /./, namespace: 'nothing' }, () => ({ contents: '' }));
    },
  };
}

/** The file that a package is entered by; those that the client needs are in this folder as well. */
function mainOf(name: string): string {
  const folder = path.resolve('node_modules', name);
  const { main = 'index.js' } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as {
    main?: string;
  };
  return path.join(folder, main);
}
