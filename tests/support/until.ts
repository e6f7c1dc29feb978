import { setTimeout } from 'node:timers/promises';

/** Waits until `condition` holds. Throws where it does not within `seconds`. */
export async function until(condition: () => boolean | Promise<boolean>, seconds = 60): Promise<void> {
  const end = Date.now() + seconds * 1_000;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`The condition did not hold within ${seconds} seconds.`);
    await setTimeout(10);
  }
}

/** Waits until `read` has given the same number in 20 readings after each other; gives that number. */
export async function untilStable(read: () => number): Promise<number> {
  let [last, times] = [read(), 0];
  await until(() => {
    const now = read();
    times = now === last ? times + 1 : 0;
    last = now;
    return times >= 20;
  });
  return last;
}
