import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { withShare } from '@/lib/http/fair-share';
import type { AppError } from '@/lib/kernel/errors';

describe('a fair share', () => {
  it('is refused to who has theirs under way, and given to another', async () => {
    let end = () => {};
    const first = withShare('publication', 'somebody', () => new Promise<void>((resolve) => (end = resolve)));
    await assert.rejects(
      withShare('publication', 'somebody', async () => {}),
      (error: AppError) => error.code === 'rate_limited',
    );
    assert.equal(await withShare('publication', 'another', async () => 'done'), 'done');
    end();
    await first;
    assert.equal(await withShare('publication', 'somebody', async () => 'done'), 'done');
  });

  it('is given to who stopped one and begins the next at once, when the first is ended', async () => {
    const gone = new AbortController();
    const order: string[] = [];
    const first = withShare(
      'publication',
      'somebody',
      async () => {
        await setTimeout(1_500);
        order.push('the first is ended');
      },
      gone.signal,
    );
    const second = withShare('publication', 'somebody', async () => void order.push('the second is done'));
    // The news that a connection is closed comes after the next request.
    setTimeout(200).then(() => gone.abort());
    await Promise.all([first, second]);
    assert.deepEqual(order, ['the first is ended', 'the second is done']);
  });
});
