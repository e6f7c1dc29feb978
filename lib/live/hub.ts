import { listGroupsWithNews, type RecordedEvent, readEvents, readMoment } from '@/lib/activity';
import { listen } from '@/lib/db/listen';
import { filterHeldCredentials } from '@/lib/identity';
import { createPacer } from '@/lib/kernel/pacer';
import { log } from '@/lib/log';
import { messageFor, type Places } from './message';
import type { Sink } from './sink';
import { type Judgement, judge, type Receiver } from './store';

/** An open stream. `after` is the place of the last event that was sent, or passed over because it is not for them. */
export type Stream = {
  groupId: string;
  receiver: Receiver;
  /** The hash of the session or token that opened it; null for nobody in particular. */
  credential: string | null;
  places: Places;
  after: bigint;
  sink: Sink;
};

/** What is read of a group for all of its streams: `last` is the place of the last event that they have. */
type Channel = { last: bigint; streams: Set<Stream>; running: Promise<void> | null; isWanted: boolean };

/** Events that are read and judged at once, at most. */
const BATCH = 200;
/** Milliseconds after which the tables are looked at though nobody was woken: who is woken may have ended (decision 0026). */
const POLL = 2_000;
/** Seconds between two comments, by which a proxy and the receiver know that the connection stands. */
const HEARTBEAT = 15;
/** Streams that catch up at once: each takes a connection to the database for a moment. */
const CATCHING_UP = 4;

const channels = new Map<string, Channel>();
const streams = new Set<Stream>();
const encoder = new TextEncoder();
const COMMENT = encoder.encode(':\n\n');
let seconds = 0;
let running: { listening: Promise<(() => Promise<void>)[]>; timers: NodeJS.Timeout[] } | null = null;

/**
 * Sends a stream the events after its place, those that there are and those that come, until it leaves. With `once` it ends
 * when it has those that there are.
 */
export async function follow(stream: Stream, { once }: { once: boolean }): Promise<void> {
  streams.add(stream);
  try {
    await start().listening;
    let channel = await channelOf(stream.groupId);
    while (streams.has(stream)) {
      while (channel.running) await channel.running;
      // It may have left meanwhile.
      if (!streams.has(stream)) return;
      // Others who came at the same moment may have opened the group meanwhile: there is one channel of it.
      channel = channels.get(stream.groupId) ?? channel;
      if (channel.running) continue;
      if (stream.after >= channel.last && !once) {
        channel.streams.add(stream);
        channels.set(stream.groupId, channel);
        pump(stream.groupId, channel);
        return;
      }
      const isDone = await inTurn(() => catchUp(stream));
      if (isDone && once) {
        stream.sink.end();
        return;
      }
      await stream.sink.drained();
    }
  } catch (error) {
    log().warn({ err: error }, 'an event stream broke off');
    stream.sink.drop();
  }
}

/** Takes a stream out; the hub rests where it was the last. */
export function leave(stream: Stream): void {
  streams.delete(stream);
  const channel = channels.get(stream.groupId);
  channel?.streams.delete(stream);
  if (channel?.streams.size === 0) channels.delete(stream.groupId);
  if (streams.size === 0) void rest();
}

/** Ends every stream, for the end of the process; their receivers connect again, elsewhere or later. */
export async function endStreams(): Promise<void> {
  for (const { sink } of streams) sink.end();
  await rest();
}

/** How many streams are open in this process. */
export function countStreams(): number {
  return streams.size;
}

function start(): NonNullable<typeof running> {
  if (running) return running;
  const wake = (groupId: string) => {
    for (const [id, channel] of channels) if (groupId === '' || groupId === id) pump(id, channel);
  };
  const listening = Promise.all([
    listen('scholion_event', wake),
    listen('scholion_viewer', () => void endRevoked()),
  ]);
  const timers = [setInterval(poll, POLL), setInterval(beat, 1_000)];
  running = { listening, timers };
  return running;
}

async function rest(): Promise<void> {
  if (!running) return;
  const { listening, timers } = running;
  running = null;
  for (const timer of timers) clearInterval(timer);
  const ends = await listening.catch(() => []);
  await Promise.all(ends.map((end) => end()));
}

/** The channel of a group; a new one is known to others once a stream joins it. */
async function channelOf(groupId: string): Promise<Channel> {
  const known = channels.get(groupId);
  if (known) return known;
  const { newest } = await readMoment(groupId);
  return { last: newest, streams: new Set(), running: null, isWanted: false };
}

/** Reads and sends what is new in a group: once for all who ask while it is being done, and once more after that. */
function pump(groupId: string, channel: Channel): void {
  if (channel.running) {
    channel.isWanted = true;
    return;
  }
  channel.isWanted = false;
  channel.running = deliver(groupId, channel)
    .catch((error) => log().warn({ err: error }, 'events could not be read'))
    .finally(() => {
      channel.running = null;
      // Those who wait to join have their turn before.
      if (channel.isWanted) setImmediate(() => pump(groupId, channel));
    });
}

async function deliver(groupId: string, channel: Channel): Promise<void> {
  for (;;) {
    const events = await readEvents(groupId, channel.last, BATCH);
    const last = events.at(-1);
    if (!last || channel.streams.size === 0) return;
    const { receivers, positions } = receiversOf(channel.streams);
    const judgement = await judge(groupId, events, receivers);
    await sendAll(events, judgement, [...channel.streams], positions);
    channel.last = last.seq;
    if (events.length < BATCH) return;
  }
}

/** The receivers of streams, each once, and the position of each stream's own, from 1. */
function receiversOf(open: ReadonlySet<Stream>) {
  const receivers: Receiver[] = [];
  const known = new Map<string, number>();
  const positions = new Map<Stream, number>();
  for (const stream of open) {
    const { id, only, editsAll } = stream.receiver;
    const key = `${id} ${only} ${editsAll}`;
    const position = known.get(key) ?? receivers.push(stream.receiver);
    known.set(key, position);
    positions.set(stream, position);
  }
  return { receivers, positions };
}

async function sendAll(
  events: RecordedEvent[],
  judgement: Judgement,
  open: Stream[],
  positions: Map<Stream, number>,
): Promise<void> {
  const giveWay = createPacer();
  const encode = createEncoder();
  for (const stream of open) {
    await giveWay();
    send(events, judgement, stream, positions.get(stream) ?? 0, encode);
  }
}

/** Sends a stream what of these events is for it. Ends it where its receiver may not know of the group any more. */
function send(
  events: readonly RecordedEvent[],
  judgement: Judgement,
  stream: Stream,
  n: number,
  encode: ReturnType<typeof createEncoder>,
): void {
  if (!judgement.present.has(n)) stream.sink.end();
  for (const event of streams.has(stream) ? events : []) {
    if (event.seq <= stream.after) continue;
    stream.after = event.seq;
    const message = messageFor(event, judgement, n, stream.receiver, stream.places);
    // Who reads too slowly connects again, and goes on after the last event that they had.
    if (message && !stream.sink.write(encode(event.seq, message))) {
      stream.sink.drop();
      return;
    }
  }
}

/** The bytes of a message; those of one event and kind are the same for all receivers, and made once. */
function createEncoder() {
  const known = new Map<string, Uint8Array>();
  return (seq: bigint, message: NonNullable<ReturnType<typeof messageFor>>): Uint8Array => {
    const key = `${seq} ${message.kind}`;
    const made =
      known.get(key) ??
      encoder.encode(`id: ${seq}\ndata: ${JSON.stringify({ id: seq.toString(), ...message })}\n\n`);
    known.set(key, made);
    return made;
  };
}

/** Sends one stream the next events after its place; true where those were the last. */
async function catchUp(stream: Stream): Promise<boolean> {
  const events = await readEvents(stream.groupId, stream.after, BATCH);
  const judgement = await judge(stream.groupId, events, [stream.receiver]);
  const encode = createEncoder();
  if (!judgement.present.has(1)) stream.sink.end();
  for (const event of events) {
    if (!streams.has(stream)) break;
    send([event], judgement, stream, 1, encode);
    await stream.sink.drained();
  }
  return events.length < BATCH;
}

let catching = 0;
const waiting: (() => void)[] = [];

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (catching >= CATCHING_UP) await new Promise<void>((resolve) => waiting.push(resolve));
  else catching++;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else catching--;
  }
}

async function poll(): Promise<void> {
  const known = new Map([...channels].map(([id, { last }]) => [id, last]));
  // Where the database is away the next look finds what this one did not.
  const news = await listGroupsWithNews(known).catch(() => []);
  for (const id of news) {
    const channel = channels.get(id);
    if (channel) pump(id, channel);
  }
}

/** Every second a fifteenth of the streams gets its comment; once in fifteen seconds the sessions and tokens are looked at. */
function beat(): void {
  seconds++;
  let position = 0;
  for (const { sink } of streams) {
    if (position++ % HEARTBEAT === seconds % HEARTBEAT && !sink.write(COMMENT)) sink.drop();
  }
  if (seconds % HEARTBEAT === 0) void endRevoked();
}

/** Ends the streams whose session or token is over. */
async function endRevoked(): Promise<void> {
  const credentials = new Set([...streams].flatMap(({ credential }) => credential ?? []));
  // Where the database is away nobody writes anything either: the next look finds who is to be ended.
  const held = await filterHeldCredentials([...credentials]).catch(() => undefined);
  if (!held) return;
  for (const stream of streams) {
    if (stream.credential === null || !credentials.has(stream.credential)) continue;
    const isAdmin = held.get(stream.credential);
    if (isAdmin === undefined || (stream.receiver.editsAll && !isAdmin)) stream.sink.end();
  }
}
