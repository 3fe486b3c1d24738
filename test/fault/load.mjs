// Writers who keep a ledger: each has rows of its own, tries a write until it is answered, and knows afterwards what must be there. What was
// answered is there as it was answered; what was not is there whole or not at all, and trying again changes nothing twice.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { sleep, Unexpected, uuid7 } from '../harness.mjs';

const below = (n) => Math.floor(Math.random() * n);
const one = (list) => list[below(list.length)];

class Writer {
  constructor(load, name) {
    Object.assign(this, { load, name, rows: [], count: 0, pending: null, answered: 0, again: 0 });
  }

  #site() {
    return { id: uuid7(), name: `演示${this.name}第${++this.count}厂`, kind: 'enterprise', area: one(this.load.areas), tier: one(['key', 'small', 'other']), status: one(['open', 'stopped', 'resumed']), staff: below(500) };
  }

  /** A write that is to be made: how it is sent, and what it does to the ledger once it is answered. */
  #next() {
    const what = below(10);
    if (what < 4) return this.#make(this.#site());
    if (what < 6) return this.#make_several(Array.from({ length: 2 + below(6) }, () => this.#site()));
    if (what < 7 && this.rows.length) return this.#raise(one(this.rows));
    if (what < 8) return this.#send_file();
    if (this.rows.length) return this.#change(one(this.rows));
    return this.#make(this.#site());
  }

  #make(body) {
    return { send: (client) => client.post('/api/v1/sites', body), done: (row) => this.rows.push({ record: 'sites', body, version: row.version }) };
  }

  #make_several(bodies) {
    return {
      send: (client) => client.post('/api/v1/sites', { rows: bodies }),
      done: ({ rows }) => {
        // each for itself: one that was refused because of the disk is tried again alone
        for (const [i, answer] of rows.entries()) {
          if (answer.status < 300) this.rows.push({ record: 'sites', body: bodies[i], version: 1 });
          else if (answer.status < 500) throw new Error(`${JSON.stringify(answer)}`);
          else (this.later ??= []).push(this.#make(bodies[i]));
        }
      },
    };
  }

  #raise(site) {
    if (site.record !== 'sites') return this.#make(this.#site());
    const body = { id: uuid7(), site: site.body.id, kind: this.load.need_kind, text: `演示需求${this.name}${++this.count}` };
    return { send: (client) => client.post('/api/v1/needs', body), done: (row) => this.rows.push({ record: 'needs', body, version: row.version }) };
  }

  #send_file() {
    const id = uuid7(), bytes = Buffer.concat([Buffer.from('%PDF-1.4\n'), randomBytes(200 + below(60_000))]);
    return {
      send: (client) => client.post('/api/v1/files', bytes, { type: 'application/pdf', headers: { 'X-Id': id, 'X-Name': 'demo.pdf' } }),
      done: () => this.rows.push({ record: 'files', id, bytes, body: { id } }),
    };
  }

  #change(row) {
    if (row.record !== 'sites') return this.#make(this.#site());
    const change = { note: `演示${++this.count}`, status: one(['open', 'stopped', 'resumed']), staff: below(500) };
    return {
      send: (client) => client.patch(`/api/v1/sites/${row.body.id}`, change, { version: row.version }),
      done: (answer) => Object.assign(row, { body: { ...row.body, ...change }, version: answer.version }),
    };
  }

  /** Writes until it is told to stop or the server is gone. */
  async run(client, going) {
    while (going()) {
      this.pending ??= this.later?.pop() ?? this.#next();
      try {
        this.pending.done(await this.pending.send(client));
        this.pending = null;
        this.answered++;
      } catch (error) {
        if (error instanceof Unexpected && error.status < 500) throw error;
        this.again++;
        if (!(error instanceof Unexpected)) return; // no line: the server was killed
        await sleep(10);
      }
    }
  }

  /** What was under way when the server went: now it must go through, whether or not it had before. */
  async settle(client, { ms = 20_000 } = {}) {
    const end = Date.now() + ms;
    while (this.pending || this.later?.length) {
      this.pending ??= this.later.pop();
      try {
        this.pending.done(await this.pending.send(client));
        this.pending = null;
      } catch (error) {
        if (!(error instanceof Unexpected) || error.status < 500 || Date.now() > end) throw error;
        await sleep(20);
      }
    }
  }

  /** A read, again while the store is away. */
  async #read(client, path, tries = 20) {
    const answer = await client.request('GET', path, undefined, { expect: tries ? [200, 503] : 200, whole: true });
    if (answer.status === 200) return answer.body;
    await sleep(50);
    return this.#read(client, path, tries - 1);
  }

  /** Every row that was answered since `from` is there once, as it was answered. */
  async hold(client, from = 0) {
    for (const row of this.rows.slice(from)) {
      if (row.record === 'files') {
        assert.ok(row.bytes.equals(await this.#read(client, `/api/v1/files/${row.id}`)), 'a file is there whole');
        continue;
      }
      const there = await this.#read(client, `/api/v1/${row.record}/${row.body.id}`);
      assert.equal(there.version, row.version, `the version of ${row.record} ${row.body.id}`);
      for (const [name, value] of Object.entries(row.body)) assert.deepEqual(there[name], value, `${name} of ${row.record} ${row.body.id}`);
      const { rows } = await this.#read(client, `/api/v1/${row.record}/${row.body.id}/history`);
      assert.equal(rows.filter((entry) => ['made', 'changed'].includes(entry.action ?? entry.deed)).length, row.version, 'as many entries in the history as versions');
    }
  }
}

/** So many writers over the areas of a store. */
export class Load {
  constructor(areas, need_kind, writers = 12) {
    Object.assign(this, { areas, need_kind });
    this.writers = Array.from({ length: writers }, (_, i) => new Writer(this, 'abcdefghijklmnopqrstuvwxyz'[i]));
  }

  start(clients) {
    this.going = true;
    this.done = Promise.all(this.writers.map((writer, i) => writer.run(clients[i % clients.length], () => this.going)));
    this.done.catch(() => {});
  }

  async stop() {
    this.going = false;
    await this.done;
  }

  async settle(client) {
    for (const writer of this.writers) await writer.settle(client);
  }

  async hold(client, marks) {
    await Promise.all(this.writers.map((writer, i) => writer.hold(client, marks?.[i])));
  }

  marks() {
    return this.writers.map((writer) => writer.rows.length);
  }

  get answered() {
    return this.writers.reduce((sum, writer) => sum + writer.answered, 0);
  }

  /** How many rows of sites and needs there must be. */
  count(record) {
    return this.writers.reduce((sum, writer) => sum + writer.rows.filter((row) => row.record === record).length, 0);
  }
}
