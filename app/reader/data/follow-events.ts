/** Follows the event stream of a group: connects, connects again after the last event, and polls where streams are cut. */
import type { StreamEvent } from '@/lib/live/schema';
import type { PageScope } from './summaries';

export interface EventHandlers {
  onEvent: (event: StreamEvent) => void;
  /** Told when the connection is lost, and when it is back and caught up. */
  onLost: (isLost: boolean) => void;
}

/** Milliseconds: without a byte (the server sends one every 15 seconds), a connection is dead. */
const SILENCE = 40_000;
/** Milliseconds in which the first byte comes, unless something on the way collects the stream. */
const FIRST_BYTE = 10_000;
/** Milliseconds between two looks where streams do not come through. */
const POLL = 10_000;
/** Milliseconds for which a page that nobody looks at stays connected: a browser has six connections for all its tabs. */
const UNSEEN = 30_000;
const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 30_000;
/** Milliseconds before now from which events are asked for first: what came while the page was loading is among them. */
const OVERLAP = 60_000;

/** Follows a page until the function that it gives is called. What comes twice says the same. */
export function followEvents(scope: PageScope, { onEvent, onLost }: EventHandlers): () => void {
  const { group, ...query } = scope;
  const stopped = new AbortController();
  let current: AbortController | null = null;
  let last = `@${(Date.now() - OVERLAP) * 1_000}`;
  let wait = FIRST_WAIT;
  let isPolling = false;
  let wake = () => {};
  let unseen: ReturnType<typeof setTimeout> | undefined;

  const address = () => {
    const search = new URLSearchParams(query);
    if (isPolling) search.set('once', '1');
    return `/api/v1/groups/${encodeURIComponent(group)}/events?${search}`;
  };

  /** Reads one answer to its end. Throws where the connection breaks. */
  async function read(response: Response, connection: AbortController): Promise<void> {
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    let timer = setTimeout(() => {
      isPolling = true;
      connection.abort();
    }, FIRST_BYTE);
    try {
      for (let text = ''; ; ) {
        const { value, done } = await reader.read();
        clearTimeout(timer);
        if (done) return;
        timer = setTimeout(() => connection.abort(), SILENCE);
        onLost(false);
        wait = FIRST_WAIT;
        const blocks = (text + value).split('\n\n');
        text = blocks.pop()!;
        for (const block of blocks) {
          const data = /^data: (.*)$/m.exec(block)?.[1];
          if (data === undefined) continue;
          const event: StreamEvent = JSON.parse(data);
          last = event.id;
          onEvent(event);
        }
      }
    } finally {
      clearTimeout(timer);
    }
  }

  /** One connection; gives the milliseconds until the next, null where there is to be none. */
  async function connect(): Promise<number | null> {
    current = new AbortController();
    const headers = { Accept: 'text/event-stream', 'Last-Event-ID': last };
    const { signal } = current;
    const response = await fetch(address(), { headers, signal, cache: 'no-store' });
    // It is not for this reader, or not any more.
    if (response.status === 401 || response.status === 403 || response.status === 404) return null;
    if (response.status === 400) {
      // The place is unknown here, as after a restored backup, or this clock is fast: all is read again.
      last = '0';
      onEvent({ id: '', kind: 'revealed', annotation: null, root: null, section: null });
      const fresh = await fetch(address(), { method: 'HEAD', signal });
      last = fresh.headers.get('Last-Event-ID') ?? '0';
      return 0;
    }
    if (!response.ok) return Math.max(wait, Number(response.headers.get('Retry-After') ?? 5) * 1_000);
    await read(response, current);
    return isPolling ? POLL : FIRST_WAIT * Math.random();
  }

  async function run(): Promise<void> {
    while (!stopped.signal.aborted) {
      if (document.visibilityState === 'hidden' && unseen === undefined) await rest(null);
      let pause: number | null;
      try {
        pause = await connect();
      } catch {
        if (stopped.signal.aborted) return;
        if (document.visibilityState === 'visible' && !isPolling) onLost(true);
        pause = wait * (0.5 + Math.random());
        wait = Math.min(wait * 2, LONGEST_WAIT);
      }
      if (pause === null) return;
      await rest(pause);
    }
  }

  /** Waits so long, or until the page is looked at or the line is back; null: until then alone. */
  function rest(milliseconds: number | null): Promise<void> {
    return new Promise((resolve) => {
      const timer = milliseconds === null ? undefined : setTimeout(resolve, milliseconds);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  function onVisibilityChange(): void {
    clearTimeout(unseen);
    unseen = undefined;
    if (document.visibilityState === 'visible') retry();
    else
      unseen = setTimeout(() => {
        unseen = undefined;
        current?.abort();
      }, UNSEEN);
  }
  function retry(): void {
    wait = FIRST_WAIT;
    wake();
  }
  document.addEventListener('visibilitychange', onVisibilityChange);
  window.addEventListener('online', retry);
  void run();
  return () => {
    stopped.abort();
    current?.abort();
    clearTimeout(unseen);
    wake();
    document.removeEventListener('visibilitychange', onVisibilityChange);
    window.removeEventListener('online', retry);
  };
}
