import type { StreamEvent } from '@/lib/live/schema';
import { call, type TestUser } from './seminar';
import { until } from './until';

/** A stream of events that is being read. */
export type EventReader = {
  response: Response;
  /** What came, in order, each with the `id` of its event. */
  events: (StreamEvent & { sse: string })[];
  /** Waits for so many events in all. */
  count: (number: number) => Promise<void>;
  isEnded: () => boolean;
  close: () => Promise<void>;
};

/** Opens the stream of a group in somebody's name, after an event where one is given. */
export async function openEvents(
  who: TestUser,
  group: string,
  { after, query = '' }: { after?: string; query?: string } = {},
): Promise<EventReader> {
  const headers: Record<string, string> = after === undefined ? {} : { 'last-event-id': after };
  return readEvents(await call(who, `/api/v1/groups/${group}/events${query}`, { headers }));
}

/** Reads an answer with server-sent events as it comes. */
export function readEvents(response: Response): EventReader {
  const events: EventReader['events'] = [];
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let isEnded = false;
  const reading = (async () => {
    for (let text = ''; reader; ) {
      const { value, done } = await reader.read();
      if (done) return;
      const blocks = (text + value).split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) {
        const [, id] = /^id: (.*)$/m.exec(block) ?? [];
        const [, data] = /^data: (.*)$/m.exec(block) ?? [];
        if (id !== undefined && data !== undefined) events.push({ ...JSON.parse(data), sse: id });
      }
    }
  })()
    .catch(() => {})
    .finally(() => {
      isEnded = true;
    });
  return {
    response,
    events,
    isEnded: () => isEnded,
    count: (number) => until(() => events.length >= number),
    async close() {
      await reader?.cancel().catch(() => {});
      await reading;
    },
  };
}
