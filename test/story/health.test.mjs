// A started server says that it lives and that it is ready, and stops cleanly when asked.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { start_muster } from '../harness.mjs';

let muster;
before(async () => {
  muster = await start_muster();
});
after(() => muster?.stop());

test('/healthz answers 200 to anyone', async () => {
  const nobody = await muster.client();
  const answer = await nobody.get('/healthz', { expect: 200, whole: true });
  assert.equal(answer.status, 200);
});

test('/readyz answers 200 once the store is open', async () => {
  const nobody = await muster.client();
  await nobody.get('/readyz', { expect: 200 });
});
