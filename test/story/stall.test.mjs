// The hard stall test: a thousand kept connections that are suspended and resumed while they read and write, slow readers and slow writers, clients that
// vanish before their answer; whoever waits gets an answer, nobody holds others up, every answered write is there once, and the server still stops politely.
import assert from 'node:assert/strict';
import http from 'node:http';
import net from 'node:net';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { run_muster, sleep, start_muster, uuid7 } from '../harness.mjs';

const lines = Number(process.env.LINES ?? 1000);
const each = Number(process.env.EACH ?? 8);
const patience = 120_000; // ms in which one answer must be there

let muster, admin, site, people;
before(async () => {
  muster = await start_muster({ env: { MUSTER_NOW: '2020-03-05T02:00:00Z' } });
  admin = await muster.client('admin');
  const town = await admin.post('/api/v1/areas', { name: '演示镇', code: '990101101', level: 4 });
  site = (await admin.post('/api/v1/sites', { name: '演示厂', kind: 'enterprise', area: town.id, effective: '2020-02-01' })).id;
  const rows = Array.from({ length: 100 }, () => ({ id: uuid7(), name: '演示工', area: town.id }));
  people = (await admin.post('/api/v1/people', { rows })).rows.map((row) => row.id);
});
after(() => muster?.stop());

const headers = (body) => ({ Cookie: admin.cookie, 'X-CSRF-Token': admin.csrf, 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) });
const record = (n) => ({ id: uuid7(), site, person: people[n % people.length], day: '2020-03-05', temperature: 360 + (n % 20) });

/** The status of one request over a kept connection of the agent. */
function ask(agent, method, path, body = '') {
  return new Promise((done, fail) => {
    const request = http.request({ agent, method, path, host: '127.0.0.1', port: muster.port, headers: headers(body), timeout: patience }, (response) => {
      response.resume().once('end', () => done(response.statusCode));
    });
    request.once('timeout', () => request.destroy(new Error(`${method} ${path}: no answer within ${patience} ms`)));
    request.once('error', fail).end(body);
  });
}

const head = (method, path, body = '', more = '') => `${method} ${path} HTTP/1.1\r\nHost: x\r\n${Object.entries(headers(body)).map(([name, value]) => `${name}: ${value}\r\n`).join('')}${more}\r\n`;

/** Asks for something and is gone before the answer: in the middle of a head, of a body, or while the writer has the row. */
function vanish(i) {
  const body = JSON.stringify(record(i));
  const texts = [head('GET', '/api/v1/session'), `${head('POST', '/api/v1/health_records', body)}${body.slice(0, 40)}`, `${head('POST', '/api/v1/health_records', body)}${body}`, 'GET /healthz HTT'];
  return new Promise((done) => {
    const socket = net.connect(muster.port, '127.0.0.1', () => {
      socket.write(texts[i % texts.length]);
      setTimeout(() => (i % 2 ? socket.resetAndDestroy() : socket.destroy()), i % 5);
    });
    socket.once('error', () => {}).once('close', done);
  });
}

/** Sends a record a few bytes at a time, and takes the answer of a list as slowly; the status of the record. */
function slow(i) {
  const body = JSON.stringify(record(i)), text = head('POST', '/api/v1/health_records', body) + body;
  return new Promise((done, fail) => {
    const socket = net.connect(muster.port, '127.0.0.1');
    let sent = 0, got = '', status = 0;
    const timer = setTimeout(() => socket.destroy(new Error('a slow client got no answer')), patience);
    const drip = () => {
      if (sent >= text.length) return;
      socket.write(text.slice(sent, (sent += 60)));
      setTimeout(drip, 20);
    };
    socket.once('connect', drip).once('error', fail);
    socket.on('data', (part) => {
      got += part;
      // a pause at each piece: the server must not wait for this reader with anything that others need
      socket.pause();
      setTimeout(() => socket.resume(), 30);
      if (!status && got.includes('\r\n\r\n')) {
        status = Number(got.slice(9, 12));
        got = '';
        socket.write(head('GET', '/api/v1/health_records?limit=200', '', 'Connection: close\r\n'));
      }
    });
    socket.once('close', () => {
      clearTimeout(timer);
      if (got.includes('HTTP/1.1 200')) done(status);
      else fail(new Error(`a slow reader got ${got.slice(0, 100)}`));
    });
  });
}

test(`${lines} connections of ${each} requests each all come to their end`, { timeout: 280_000 }, async () => {
  const statuses = new Map();
  const took = (status, what) => statuses.set(`${what} ${status}`, (statuses.get(`${what} ${status}`) ?? 0) + 1);
  const answered = [];
  const one = async (line) => {
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    try {
      for (let i = 0; i < each; i++) {
        const turn = (line + i) % 4, rows = turn === 0 ? [record(line)] : [record(line), record(line + 1), record(line + 2)];
        if (turn > 1) {
          took(await ask(agent, 'GET', turn === 2 ? '/api/v1/health_records?limit=1' : '/healthz'), 'read');
          continue;
        }
        const status = await ask(agent, 'POST', '/api/v1/health_records', JSON.stringify(turn ? { rows } : rows[0]));
        took(status, 'write');
        if (status < 300) answered.push(...rows.map((row) => row.id));
        // too much at once is said, with nothing done, and is then worth another try
        else if (status === 503) await sleep(200);
      }
    } finally {
      agent.destroy();
    }
  };
  const strange = async () => {
    const ends = [];
    for (let i = 0; i < 200; i++) {
      ends.push(vanish(i));
      if (i % 10 === 0) ends.push(slow(i).then((status) => took(status, 'slow')));
      await sleep(20);
    }
    await Promise.all(ends);
  };
  await Promise.all([strange(), ...Array.from({ length: lines }, (_, line) => one(line))]);
  const seen = JSON.stringify([...statuses]);
  const all = [...statuses.values()].reduce((sum, count) => sum + count, 0);
  assert.equal(all, lines * each + 20, seen);
  for (const what of statuses.keys()) assert.match(what, /^(read 200|write 20[01]|slow 201|\w+ 503)$/, seen);
  assert.ok([...statuses].filter(([what]) => !what.endsWith('503')).reduce((sum, [, count]) => sum + count, 0) >= (lines * each) / 2, seen);
  const there = new Set();
  for (let next = ''; next !== null; ) {
    const page = await admin.get(`/api/v1/health_records?limit=1000${next && `&after=${next}`}`);
    for (const row of page.rows) there.add(row.id);
    next = page.next;
  }
  assert.deepEqual(answered.filter((id) => !there.has(id)), [], 'answered and not there');
  assert.equal(new Set(answered).size, answered.length);
  assert.match(run_muster(['check', '--store', muster.store], { env: { ...muster.env, LC_ALL: 'C.UTF-8' } }).out, /^0 /m);
  // nothing stays behind: neither threads nor files of those who vanished
  await sleep(100);
  const threads = Number(/Threads:\s+(\d+)/.exec(readFileSync(`/proc/${muster.pid}/status`, 'utf8'))[1]);
  assert.ok(threads < 40, `${threads} threads`);
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

test('more than the writer may have before it is refused with 503 and Retry-After, and nothing of it is done', { timeout: 120_000 }, async () => {
  await admin.sign_in('admin', 'correct-horse-2020');
  const batch = () => JSON.stringify({ rows: Array.from({ length: 10_000 }, (_, n) => record(n)) });
  const bodies = Array.from({ length: 8 }, batch);
  const answers = await Promise.all(bodies.map((body) => fetch(`${muster.url}/api/v1/health_records`, { method: 'POST', headers: { Cookie: admin.cookie, 'X-CSRF-Token': admin.csrf, 'Content-Type': 'application/json' }, body }).then(async (answer) => ({ status: answer.status, again: answer.headers.get('retry-after'), body: await answer.json() }))));
  for (const answer of answers) {
    assert.ok([200, 503].includes(answer.status), JSON.stringify(answer).slice(0, 300));
    if (answer.status === 503) assert.equal(answer.again, '1');
    else assert.ok(answer.body.rows.every((row) => row.status === 201));
  }
  const refused = answers.findIndex((answer) => answer.status === 503);
  if (refused >= 0) await admin.get(`/api/v1/health_records/${JSON.parse(bodies[refused]).rows[0].id}`, { expect: 404 });
  const taken = answers.findIndex((answer) => answer.status === 200);
  const again = await admin.post('/api/v1/health_records', bodies[taken], { type: 'application/json' });
  assert.deepEqual(again, answers[taken].body, 'sent again, it answers as it did');
});
