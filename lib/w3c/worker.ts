import { parseHtml } from './model/html-to-markdown';

/** What the pool's threads do: convert HTML bodies to Markdown. */
export default function convertAll(bodies: string[]): string[] {
  return bodies.map(parseHtml);
}
