import type { ServerResponse } from 'node:http';
import { type Locale, translator } from '@/lib/i18n';
import type { AppError } from '@/lib/kernel/errors';
import { escapeHtml } from '@/lib/kernel/escape-html';

/**
 * The page that stands in for every other while the database is away: it needs no database, no script and no style.
 * It keeps the address, so that *Try again* asks for what was wanted.
 */
export function sendUnavailablePage(response: ServerResponse, error: AppError, locale: Locale): void {
  const t = translator(locale, 'common');
  const [title, words, again] = [t('unavailable.title'), t('unavailable.text'), t('error.again')].map(
    escapeHtml,
  );
  const html = `<!doctype html>
<html lang="${locale}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title></head>
<body><main><h1>${title}</h1><p>${words}</p><p><a href="">${again}</a></p></main></body>
</html>
`;
  const headers = {
    'Content-Type': 'text/html; charset=utf-8',
    'Cache-Control': 'no-store',
    ...error.headers,
  };
  response.writeHead(503, headers).end(html);
}
