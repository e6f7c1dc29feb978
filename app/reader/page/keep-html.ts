import { createHash } from 'node:crypto';
import type { Html } from './element-html';

/** In UTF-16 units: what some pages need that are rendered at the same time. */
const MOST_KEPT = 32_000_000;

/**
 * Keeps HTML for `KeptHtml`, which renders it in this process a moment later, and returns its name there. Server
 * components and the rendering of client components are two module graphs, so that the memory is on `globalThis`.
 */
export function keepHtml(html: Html): string {
  globalThis.scholionHtml ??= new Map();
  const kept = globalThis.scholionHtml;
  const name = createHash('sha256').update(html).digest('base64url').slice(0, 22);
  kept.delete(name);
  kept.set(name, html);
  let size = [...kept.values()].reduce((sum, { length }) => sum + length, 0);
  for (const [oldest, { length }] of kept) {
    if (size <= MOST_KEPT || oldest === name) break;
    kept.delete(oldest);
    size -= length;
  }
  return name;
}
