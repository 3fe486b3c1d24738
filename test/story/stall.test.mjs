// The hard stall test: hundreds of kept connections, reads and writes, clients that vanish; every request that is waited for
// gets an answer, and the server still stops politely. What the answers say is the matter of other tests.
import assert from 'node:assert/strict';
import http from 'node:http';
import net from 'node:net';
import { after, before, test } from 'node:test';
import { sleep, start_muster, uuid7 } from '../harness.mjs';

const lines = 256;
const each = 20;
const patience = 60_000; // ms in which one answer must be there

let muster, admin;
before(async () => {
  muster = await start_muster();
  admin = await muster.client('admin');
});
after(() => muster?.stop());

/** The status of one request over a kept connection of the agent. */
function ask(agent, method, path, body = '') {
  const headers = { Cookie: admin.cookie, 'X-CSRF-Token': admin.csrf, 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) };
  return new Promise((done, fail) => {
    const request = http.request({ agent, method, path, host: '127.0.0.1', port: muster.port, headers, timeout: patience }, (response) => {
      response.resume().once('end', () => done(response.statusCode));
    });
    request.once('timeout', () => request.destroy(new Error(`${method} ${path}: no answer within ${patience} ms`)));
    request.once('error', fail).end(body);
  });
}

/** Asks for something and is gone before the answer. */
function vanish(i) {
  return new Promise((done) => {
    const socket = net.connect(muster.port, '127.0.0.1', () => {
      socket.write(i % 2 ? `GET /api/v1/session HTTP/1.1\r\nHost: x\r\nCookie: ${admin.cookie}\r\n\r\n` : 'POST /api/v1/areas HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"id"');
      setTimeout(() => socket.destroy(), i % 5);
    });
    socket.once('error', () => {}).once('close', done);
  });
}

test(`${lines} connections of ${each} requests each all come to their end`, { timeout: 240_000 }, async () => {
  const statuses = new Map();
  const one = async (line) => {
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    try {
      for (let i = 0; i < each; i++) {
        const area = JSON.stringify({ id: uuid7(), name: `演示区${line}-${i}` });
        const status = await (i % 4 === 0 ? ask(agent, 'POST', '/api/v1/areas', area)
          : i % 4 === 1 ? ask(agent, 'GET', '/api/v1/session')
          : ask(agent, 'GET', '/healthz'));
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        if (i % 7 === 0) await vanish(i);
      }
    } finally {
      agent.destroy();
    }
  };
  await Promise.all(Array.from({ length: lines }, (_, line) => one(line)));
  const all = [...statuses.values()].reduce((sum, count) => sum + count, 0);
  assert.equal(all, lines * each, JSON.stringify([...statuses]));
  assert.ok((statuses.get(200) ?? 0) >= (lines * each) / 2, JSON.stringify([...statuses]));
});

test('half-sent requests and silent connections hold nobody up, nor the end of the server', { timeout: 120_000 }, async () => {
  const sockets = Array.from({ length: 50 }, (_, i) => {
    const socket = net.connect(muster.port, '127.0.0.1');
    socket.on('error', () => {});
    if (i % 2) socket.write('POST /api/v1/areas HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"id"');
    return socket;
  });
  await sleep(100);
  const nobody = await muster.client();
  for (let i = 0; i < 50; i++) await nobody.get('/healthz', { expect: 200 });
  await muster.restart();
  for (const socket of sockets) socket.destroy();
  await nobody.get('/healthz', { expect: 200 });
});
