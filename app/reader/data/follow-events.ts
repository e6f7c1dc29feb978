/** Follows the event stream of a group: connects, connects again after the last event, and polls where streams are cut. */
import type { StreamEvent } from '@/lib/live/schema';
import type { PageScope } from './summaries';

export interface EventHandlers {
  onEvent: (event: StreamEvent) => void;
  /** Told when the connection is lost, and when it is back and caught up. */
  onLost: (isLost: boolean) => void;
}

/** Milliseconds in which a stream opens, unless something on the way collects it: then it is asked for anew each time. */
const OPENING = 10_000;
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
    const search = new URLSearchParams({ ...query, after: last });
    if (isPolling) search.set('once', '1');
    return `/api/v1/groups/${encodeURIComponent(group)}/events?${search}`;
  };

  function take(data: string): void {
    const event: StreamEvent = JSON.parse(data);
    last = event.id;
    onEvent(event);
  }

  /** A stream, until it breaks or `signal` is aborted; whether it was open at all. */
  function stream(signal: AbortSignal): Promise<boolean> {
    return new Promise((resolve) => {
      const source = new EventSource(address());
      let isOpen = false;
      const opening = setTimeout(() => {
        isPolling = true;
        end();
      }, OPENING);
      const end = () => {
        clearTimeout(opening);
        source.close();
        resolve(isOpen);
      };
      source.onopen = () => {
        isOpen = true;
        clearTimeout(opening);
        wait = FIRST_WAIT;
        onLost(false);
      };
      source.onmessage = ({ data }) => take(data);
      // A browser would connect again by itself, and be silent about a refusal.
      source.onerror = end;
      signal.addEventListener('abort', end, { once: true });
    });
  }

  /** One connection; gives the milliseconds until the next, null where there is to be none. Throws without a line. */
  async function connect(): Promise<number | null> {
    current = new AbortController();
    const { signal } = current;
    const wasOpen = isPolling || (await stream(signal));
    signal.throwIfAborted();
    // A stream does not say why it ended.
    const method = isPolling ? 'GET' : 'HEAD';
    const response = await fetch(address(), { method, signal, cache: 'no-store' });
    // It is not for this reader, or not any more.
    if (response.status === 401 || response.status === 403 || response.status === 404) return null;
    if (response.status === 400) {
      // The place is unknown here, as after a restored backup, or this clock is fast: all is read again.
      onEvent({ id: '', kind: 'revealed', annotation: null, root: null, section: null });
      last = '0';
      const fresh = await fetch(address(), { method: 'HEAD', signal });
      last = fresh.headers.get('Last-Event-ID') ?? '0';
      return FIRST_WAIT;
    }
    if (!response.ok) return Math.max(wait, Number(response.headers.get('Retry-After') ?? 5) * 1_000);
    if (!wasOpen) {
      wait = Math.min(wait * 2, LONGEST_WAIT);
      return wait;
    }
    if (!isPolling) return FIRST_WAIT * Math.random();
    for (const [, data = ''] of (await response.text()).matchAll(/^data: (.*)$/gm)) take(data);
    return POLL;
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
