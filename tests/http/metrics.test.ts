import assert from 'node:assert/strict';
import { before, it } from 'node:test';
import { freshDatabase } from '../support/fresh-database';
import { anonymous, call, createAdmin } from '../support/seminar';

process.env.SCHOLION_METRICS_TOKEN = 'a token for the tests';
before(freshDatabase);

it('metrics are for who has their token, and for nobody else: not for an administrator, nor for this machine', async () => {
  const ask = (headers: Record<string, string>) => call(anonymous, '/api/metrics', { headers });
  const given = await ask({ authorization: 'Bearer a token for the tests' });
  assert.equal(given.status, 200);
  assert.match(await given.text(), /^scholion_jobs\{state="waiting"\} 0$/m);
  assert.equal((await ask({ authorization: 'Bearer a token for the test' })).status, 401);
  assert.equal((await ask({ 'x-scholion-socket': '127.0.0.1' })).status, 401);
  assert.equal((await call(await createAdmin(), '/api/metrics')).status, 401);
});
