import { clientAddress } from '@/lib/http/client-address';
import { sendContentNotice } from '@/lib/moderation';
import { contentNoticeInputSchema, contentNoticeSchema } from '@/lib/moderation/content-notice/schema';
import { createApi } from './middleware';
import { body, json, route } from './route';

/** Notices of content by anybody. */
export const contentNotices = createApi().openapi(
  route({
    method: 'post',
    path: '/notices-of-content',
    summary:
      'Notice of a note that everybody may see, by anybody; to send it says that you believe in good faith that it is right',
    request: body(contentNoticeInputSchema),
    responses: {
      201: json(contentNoticeSchema, 'Received: staff will see it, and you are told what was decided'),
    },
  }),
  async (c) => {
    const from = { ip: clientAddress(c.req.raw.headers), locale: c.get('locale') };
    return c.json(await sendContentNotice(c.req.valid('json'), from), 201);
  },
);
