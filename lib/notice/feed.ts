import { toXml } from 'xast-util-to-xml';
import { x } from 'xastscript';
import { config } from '@/lib/config';
import { type Locale, translator } from '@/lib/i18n';
import { hashSecret, newSecret, requireSignedIn, requireUnscopedToken, viewerOf } from '@/lib/identity';
import type { Viewer } from '@/lib/identity/schema';
import { notFound } from '@/lib/kernel/errors';
import { escapeHtml } from '@/lib/kernel/escape-html';
import { describeRows, type NoticeDetails } from './details';
import { findUserByFeed, setFeedHash } from './mail/store';
import { makeNoticesFor } from './make';
import { linkOf, sentenceOf } from './sentence';
import { selectNotices } from './store';

/** Entries of a feed. */
const ENTRIES = 50;

/** Gives the viewer a feed, whose address is shown this once; the address that they had is good no longer. */
export async function createFeed(viewer: Viewer): Promise<{ address: string }> {
  const { id } = requireUnscopedToken(viewer);
  const secret = newSecret();
  await setFeedHash(id, hashSecret(secret));
  return { address: `${config().address}/api/v1/feeds/${secret}` };
}

/** Takes the viewer's feed away. */
export async function deleteFeed(viewer: Viewer): Promise<void> {
  await setFeedHash(requireUnscopedToken(viewer).id, null);
}

/**
 * The Atom feed (RFC 4287) of the person whose secret this is: their notices, read and unread, by what they may see now.
 * Throws not_found where nobody has this secret.
 */
export async function readFeed(secret: string, locale: Locale): Promise<string> {
  const userId = await findUserByFeed(hashSecret(secret));
  const viewer = userId === null ? undefined : await viewerOf(userId);
  if (!viewer) throw notFound();
  await makeNoticesFor(requireSignedIn(viewer));
  const rows = await selectNotices(viewer, { unread: false, limit: ENTRIES });
  return toXml(toAtom(viewer, await describeRows(viewer, rows), locale));
}

function toAtom(viewer: Viewer, notices: NoticeDetails[], locale: Locale) {
  const t = translator(locale, 'notices');
  const { address } = config();
  const newest = notices[0]?.createdAt ?? new Date(0);
  return x(null, [
    { type: 'instruction', name: 'xml', value: 'version="1.0" encoding="utf-8"' },
    x('feed', { xmlns: 'http://www.w3.org/2005/Atom', 'xml:lang': locale }, [
      x('title', t('feed.title', { name: viewer.name })),
      x('id', `urn:uuid:${viewer.id}`),
      x('updated', newest.toISOString()),
      x('link', { href: `${address}/notices` }),
      x('author', [x('name', 'Scholion')]),
      ...notices.map((notice) =>
        x('entry', [
          x('title', `${sentenceOf(notice, t)} (${notice.groupName})`),
          x('id', `urn:uuid:${notice.id}`),
          x('updated', notice.createdAt.toISOString()),
          x('link', { href: linkOf(notice) }),
          ...(notice.about ? [x('content', { type: 'html' }, contentOf(notice.about))] : []),
          ...(notice.words === null ? [] : [x('content', { type: 'text' }, notice.words)]),
        ]),
      ),
    ]),
  ]);
}

/** The passage and the words of an annotation: its HTML is sanitised already. */
function contentOf({ annotation, passage }: NonNullable<NoticeDetails['about']>): string {
  const quotation = passage === null ? '' : `<blockquote>${escapeHtml(passage)}</blockquote>`;
  return quotation + annotation.html;
}
