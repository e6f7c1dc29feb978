import { toHtml } from 'hast-util-to-html';
import { h } from 'hastscript';
import { config } from '@/lib/config';
import { type Locale, translator } from '@/lib/i18n';
import { codePointLength, sliceCodePoints } from '@/lib/kernel/code-points';
import { groupBy } from '@/lib/kernel/group-by';
import type { NoticeDetails } from '../details';
import { linkOf, sentenceOf } from '../sentence';

/** Code points of a note, and of the passage it is on, that a mail quotes. */
const WORDS = 400;
const PASSAGE = 240;

/** Colours and faces of the light look (app/_ui/tokens.css), for readers of mail, which know neither variables nor classes. */
const LOOK = {
  page: 'margin:0;padding:24px 12px;background:#fbfaf5;color:#1a1a1a;font:16px/1.5 "Source Sans 3",Arial,sans-serif',
  sheet: 'max-width:600px;margin:0 auto',
  group: 'margin:32px 0 0;font-size:14px;font-weight:600;color:#5d5a52',
  notice: 'margin:12px 0 0;padding:16px;background:#fff;border:1px solid #e3dfd3;border-radius:8px',
  sentence: 'margin:0;font-weight:600',
  passage:
    'margin:8px 0 0;padding:0 0 0 12px;border-left:3px solid #c9a7a0;font:italic 16px/1.5 "Source Serif 4",Georgia,serif',
  words: 'margin:8px 0 0;white-space:pre-line',
  link: 'color:#7d1f1a',
  foot: 'margin:32px 0 0;font-size:13px;color:#5d5a52',
};

/** A mail of notices: its subject, and its body as plain text and as HTML. */
export type Letter = { subject: string; text: string; html: string };

/**
 * The mail that tells a person of `notices`, of which there is one at least, with the passage and the first words of each
 * note, by group and in the order of the notices. `unsubscribe` is the address that ends such mail.
 */
export function writeLetter(notices: NoticeDetails[], locale: Locale, unsubscribe: string): Letter {
  const t = translator(locale, 'notices');
  const groups = groupBy(notices, ({ groupName }) => groupName);
  const [first] = notices as [NoticeDetails];
  const subject =
    notices.length === 1
      ? `${sentenceOf(first, t)} – ${first.groupName}`
      : t('mail.subject', { count: notices.length, groups: groups.size, group: first.groupName });
  const settings = `${config().address}/account#mail`;
  const sections = [...groups].map(([group, items]) => ({
    group,
    items: items.map((notice) => ({
      sentence: sentenceOf(notice, t),
      passage: shorten(notice.about?.passage ?? '', PASSAGE),
      words: notice.words ?? shorten(notice.about?.annotation.body ?? '', WORDS),
      html: htmlOf(notice),
      link: linkOf(notice),
    })),
  }));

  const text = [
    ...sections.flatMap(({ group, items }) => [
      `${group}\n${'='.repeat([...group].length)}`,
      ...items.map(({ sentence, passage, words, link }) =>
        [sentence, passage && `    «${passage}»`, words, link].filter(Boolean).join('\n\n'),
      ),
    ]),
    `-- \n${t('mail.why')}\n${t('mail.settings')} ${settings}\n${t('mail.unsubscribe')} ${unsubscribe}`,
  ].join('\n\n\n');

  const page = h('html', { lang: locale }, [
    h('head', [h('meta', { charSet: 'utf-8' }), h('title', subject)]),
    h('body', { style: LOOK.page }, [
      h('div', { style: LOOK.sheet }, [
        ...sections.flatMap(({ group, items }) => [
          h('h2', { style: LOOK.group }, group),
          ...items.map((item) => noticeBox(item, t('mail.open'))),
        ]),
        h('p', { style: LOOK.foot }, [
          t('mail.why'),
          ' ',
          h('a', { href: settings, style: LOOK.link }, t('mail.settings')),
          ' · ',
          h('a', { href: unsubscribe, style: LOOK.link }, t('mail.unsubscribe')),
        ]),
      ]),
    ]),
  ]);
  return { subject, text, html: `<!doctype html>\n${toHtml(page, { allowDangerousHtml: true })}\n` };
}

function noticeBox(
  item: { sentence: string; passage: string; words: string; html: string | null; link: string },
  open: string,
): ReturnType<typeof h> {
  const { sentence, passage, words, html, link } = item;
  return h('div', { style: LOOK.notice }, [
    h('p', { style: LOOK.sentence, dir: 'auto' }, sentence),
    ...(passage === '' ? [] : [h('blockquote', { style: LOOK.passage, dir: 'auto' }, passage)]),
    ...(words === ''
      ? []
      : html === null
        ? [h('p', { style: LOOK.words, dir: 'auto' }, words)]
        : [h('div', { dir: 'auto' }, [{ type: 'raw' as const, value: html }])]),
    h('p', { style: LOOK.words }, h('a', { href: link, style: LOOK.link }, open)),
  ]);
}

/** The beginning of a text, with the marks of a mention left out. */
function shorten(text: string, length: number): string {
  const plain = text.replace(/@\[([^\]\n]*)\]\([0-9a-fA-F-]{36}\)/g, '@$1');
  const beginning = sliceCodePoints(plain, 0, length);
  return beginning.length < plain.length ? `${beginning}…` : beginning;
}

/** A short note as it looks in the text: lib/markdown has sanitised it, and images are not among what it lets be. */
function htmlOf({ about }: NoticeDetails): string | null {
  if (!about || codePointLength(about.annotation.body) > WORDS) return null;
  return about.annotation.html;
}
