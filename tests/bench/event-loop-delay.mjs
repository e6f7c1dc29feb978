// Loaded into a server with NODE_OPTIONS=--import: tells at LOOP_PORT how long its event loop was held since the last
// question, in milliseconds of the clock and of the processor. A busy machine lengthens the first alone.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { isMainThread } from 'node:worker_threads';

const EVERY = 5;

if (isMainThread && process.env.LOOP_PORT) {
  const usage = `/proc/${process.pid}/task/${process.pid}/schedstat`;
  /** Milliseconds that the main thread had the processor; null where the system does not say. */
  const processorTime = () => {
    try {
      return Number(readFileSync(usage, 'utf8').split(' ')[0]) / 1e6;
    } catch {
      return null;
    }
  };
  let held = { clock: 0, processor: 0 };
  let at = performance.now();
  let used = processorTime();
  setInterval(() => {
    const now = performance.now();
    const usedNow = processorTime();
    const clock = now - at - EVERY;
    const processor = used === null || usedNow === null ? clock : usedNow - used;
    held = {
      clock: Math.max(held.clock, clock),
      processor: Math.max(held.processor, Math.min(clock, processor)),
    };
    at = now;
    used = usedNow;
  }, EVERY).unref();
  const server = createServer((_, answer) => {
    answer.end(JSON.stringify(held));
    held = { clock: 0, processor: 0 };
  });
  server.on('error', () => {});
  server.listen(Number(process.env.LOOP_PORT), '127.0.0.1').unref();
}
