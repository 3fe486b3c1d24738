// What story and browser tests share: a muster of their own on a free port, clients that sign in, a browser.
// Whatever a test starts is ended by its own process id and its folders are removed, also when the test breaks off.
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { Agent, request as http_request } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { address, copy_to_sqlite, create_database, drop_database, dump, is_address, make_template, start_cluster, stop_cluster } from './postgres.mjs';

export const top = fileURLToPath(new URL('..', import.meta.url));
export const binary = resolve(process.env.MUSTER_BINARY ?? join(top, 'build/muster'));
export const password = 'correct-horse-2020';
const patience = 60_000; // ms for starting and stopping, long enough under sanitizers on a busy machine

/** What stores are made of: a folder with SQLite, or (ENGINE=postgres) a database. */
export const engine = process.env.ENGINE ?? 'sqlite';
if (!['sqlite', 'postgres'].includes(engine)) throw new Error(`ENGINE=${engine}: sqlite or postgres`);

const processes = new Set();
const folders = new Set();
const closers = new Set();

process.on('exit', () => {
  for (const child of processes) child.kill('SIGKILL');
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  if (own_cluster) stop_cluster(own_cluster);
});
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));

export const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

/** Asks until `ask` gives something true, which comes back; throws after `ms`. */
export async function until(ask, { ms = 10_000, every = 50, what = 'what was waited for' } = {}) {
  const end = Date.now() + ms;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`${what} did not come within ${ms} ms`);
    await sleep(every);
  }
}

/** A new folder that is gone after the test. */
export function temp_folder(name = 'muster-test-') {
  const folder = mkdtempSync(join(tmpdir(), name));
  folders.add(folder);
  return folder;
}

function remove_folder(folder) {
  rmSync(folder, { recursive: true, force: true });
  folders.delete(folder);
}

let own_cluster = '';
let config = '';

/** The folder of the cluster: of the whole run (test/run), else of this process. */
export function cluster() {
  // the keys of databases lie in the user's configuration: here in a folder of this process
  if (!config) process.env.XDG_CONFIG_HOME = config = temp_folder('muster-config-');
  if (process.env.MUSTER_CLUSTER) return process.env.MUSTER_CLUSTER;
  if (!own_cluster) {
    own_cluster = mkdtempSync(join(tmpdir(), 'muster-cluster-'));
    start_cluster(own_cluster);
    make_template(own_cluster, binary);
  }
  return own_cluster;
}

/** Where a new store may be made: a folder that is not there yet, or an empty database. */
export function new_store(dir = temp_folder()) {
  if (engine === 'sqlite') return join(dir, 'store');
  const name = `store_${randomBytes(6).toString('hex')}`;
  create_database(cluster(), name, true);
  return address(cluster(), name);
}

function remove_store(store) {
  if (is_address(store) && !own_cluster) drop_database(cluster(), store.match(/@\/(\w+)/)[1]);
}

/** The store as an SQLite file, to be read by hand: its own file, or a copy of the database. */
export function sqlite_file(store) {
  if (!is_address(store)) return join(store, 'muster.db');
  const file = join(temp_folder(), 'copy.db');
  copy_to_sqlite(store, file);
  return file;
}

/** A folder that holds every byte of the store: its own, or that of a dump of the database. */
export function store_folder(store) {
  if (!is_address(store)) return store;
  const folder = temp_folder();
  dump(store, join(folder, 'dump'));
  return folder;
}

/** Every file below a folder. */
export function files_below(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}

let last_stamp = 0n;

/** A UUIDv7 in text; those of one process rise. */
export function uuid7() {
  const now = BigInt(Date.now()) << 12n;
  last_stamp = now > last_stamp ? now : last_stamp + 1n;
  const tail = randomBytes(8);
  tail[0] = 0x80 | (tail[0] & 0x3f);
  const head = ((last_stamp >> 12n) << 16n) | 0x7000n | (last_stamp & 0xfffn);
  const hex = head.toString(16).padStart(16, '0') + tail.toString('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** Runs the program to its end: {code, out, err}. `expect` is the exit code that is right; false takes any. */
export function run_muster(args, { input = '', env = {}, expect = 0, ms = 300_000 } = {}) {
  const done = spawnSync(binary, args, { input, env: { ...process.env, ...env }, encoding: 'utf8', timeout: ms, maxBuffer: 1 << 28 });
  if (done.error) throw done.error;
  if (expect !== false && done.status !== expect)
    throw new Error(`muster ${args.join(' ')} ended with ${done.status ?? done.signal}, not ${expect}\n${done.stdout}${done.stderr}`);
  return { code: done.status, out: done.stdout, err: done.stderr };
}

/**
 * Puts the demonstration into a new store. Those of one run that are folders are copies of one (MUSTER_SHARED, of test/run): whoever comes first makes it, which takes a minute.
 */
export async function load_demo(place, env) {
  const shared = process.env.MUSTER_SHARED && join(process.env.MUSTER_SHARED, 'demo');
  if (!shared || is_address(place)) return void run_muster(['demo', '--store', place], { env });
  try {
    mkdirSync(`${shared}.begun`);
  } catch {
    await until(() => existsSync(shared) || existsSync(`${shared}.failed`), { ms: 280_000, every: 200, what: 'the demonstration' });
    if (!existsSync(shared)) throw new Error('the demonstration could not be loaded');
  }
  if (!existsSync(shared)) {
    try {
      run_muster(['demo', '--store', `${shared}.new`]);
    } catch (error) {
      mkdirSync(`${shared}.failed`);
      throw error;
    }
    renameSync(`${shared}.new.key`, `${shared}.key`);
    renameSync(`${shared}.new`, shared);
  }
  cpSync(shared, place, { recursive: true });
  copyFileSync(`${shared}.key`, `${place}.key`);
}

/**
 * A new store, and a server on it at a free port.
 * store: a folder or postgresql:// address (default: a new folder); one that holds a store already is only served.
 * demo: true loads the demonstration in place of an empty store. made: true says that the store (of an address) is there already.
 * program: another build of it. admin, args, env: the first user's name, further arguments of serve, further environment of both commands.
 */
export async function start_muster({ store, args = [], env = {}, admin = 'admin', demo = false, made = false, program = binary } = {}) {
  const dir = temp_folder();
  const place = store ?? new_store(dir);
  if (!made && (!store || !existsSync(place))) {
    if (demo) await load_demo(place, env);
    else run_muster(['init', '--store', place, '--admin', admin], { env, input: `${password}\n` });
  }
  const muster = new Muster(dir, place, args, env, admin, program);
  muster.owned = !store;
  try {
    await muster.start();
  } catch (error) {
    remove_folder(dir);
    throw error;
  }
  return muster;
}

class Muster {
  #lines = [];
  #child = null;
  #ended = null;

  constructor(dir, store, args, env, admin, program) {
    Object.assign(this, { dir, store, args, env, admin, program, url: '', port: 0, pid: 0 });
  }

  async start() {
    const child = spawn(this.program, ['serve', '--store', this.store, '--listen', '127.0.0.1:0', ...this.args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...this.env },
    });
    processes.add(child);
    this.#child = child;
    this.pid = child.pid;
    this.port = 0;
    this.#ended = new Promise((done) => {
      child.once('error', (error) => done({ error }));
      child.once('close', (code, signal) => done({ code, signal }));
    }).then((end) => {
      processes.delete(child);
      return (this.end = end);
    });
    this.end = null;
    for (const stream of [child.stdout, child.stderr]) this.#read(stream);
    const what = 'the server';
    try {
      await until(() => this.port || this.end, { ms: patience, every: 10, what });
      await until(async () => this.end || (await fetch(`${this.url}/readyz`).then((r) => r.ok, () => false)), { ms: patience, every: 20, what });
      if (this.end) throw new Error(`the server ended: ${this.end.error ?? this.end.signal ?? this.end.code}`);
    } catch (error) {
      await this.kill();
      throw new Error(`${error.message}; its log:\n${this.log()}`);
    }
  }

  #read(stream) {
    let rest = '';
    stream.setEncoding('utf8').on('data', (text) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop();
      for (const line of lines) this.#take(line);
    });
    stream.on('end', () => rest && this.#lines.push(rest));
  }

  #take(line) {
    this.#lines.push(line);
    if (this.port || !line.includes('"listening"')) return;
    try {
      const entry = JSON.parse(line);
      if (entry.event !== 'listening') return;
      this.port = entry.port;
      this.url = `http://127.0.0.1:${entry.port}`;
    } catch {
      // a line that only looks like the one we wait for
    }
  }

  /** All it said so far, of every start. */
  log() {
    return this.#lines.join('\n');
  }

  async #end(signal) {
    const child = this.#child;
    if (!child) return this.end;
    this.#child = null;
    const running = this.end === null;
    if (running) child.kill(signal);
    const late = setTimeout(() => child.kill('SIGKILL'), patience);
    const end = await this.#ended;
    clearTimeout(late);
    if (running && signal === 'SIGTERM' && end.code !== 0)
      throw new Error(`the server did not stop cleanly: ${end.signal ?? end.code}; its log:\n${this.log()}`);
    if (!running && (end.code !== 0 || end.signal))
      throw new Error(`the server had ended by itself: ${end.error ?? end.signal ?? end.code}; its log:\n${this.log()}`);
    return end;
  }

  /** Ends the server at once, as a power cut would; the store stays. */
  async kill() {
    await this.#end('SIGKILL').catch(() => {});
  }

  /** Serves the same store again, after kill() or still running; the port is another one. */
  async restart() {
    await this.#end('SIGTERM');
    await this.start();
  }

  /** Stops the server politely; the store stays. */
  async halt() {
    await this.#end('SIGTERM');
  }

  /** Stops the server politely and removes the folder. Throws when it did not end well. */
  async stop() {
    try {
      await this.#end('SIGTERM');
    } finally {
      if (this.owned) remove_store(this.store);
      remove_folder(this.dir);
    }
  }

  /** Someone who is not signed in, or by name and password signed in; the administrator by default has the test password. */
  async client(name, secret = password) {
    const client = new Client(this);
    if (name) await client.sign_in(name, secret);
    return client;
  }

  /** Someone who comes with a bearer token. */
  bearer(token) {
    return new Client(this, token);
  }

  /** Someone of the demonstration, by one click. */
  async demo_client(name) {
    const client = new Client(this);
    client.csrf = (await client.post('/api/v1/demo', { name })).csrf;
    return client;
  }
}

/** A refused or unexpected answer: status, problem (the body), and both in the message. */
export class Unexpected extends Error {
  constructor(method, path, expected, answer) {
    const said = typeof answer.body === 'string' || Buffer.isBuffer(answer.body) ? String(answer.body).slice(0, 2000) : JSON.stringify(answer.body);
    super(`${method} ${path} gave ${answer.status}, not ${expected}: ${said}`);
    this.status = answer.status;
    this.problem = answer.body;
  }
}

export class Client {
  cookie = '';
  csrf = '';
  lang = 'en';

  constructor(muster, token = '') {
    this.muster = muster;
    this.token = token;
  }

  async sign_in(name, secret) {
    const session = await this.post('/api/v1/session', { name, password: secret });
    this.csrf = session.csrf;
    return session;
  }

  async sign_out() {
    await this.del('/api/v1/session');
    this.csrf = '';
  }

  get(path, options) {
    return this.request('GET', path, undefined, options);
  }

  post(path, body, options) {
    return this.request('POST', path, body, options);
  }

  patch(path, body, options) {
    return this.request('PATCH', path, body, options);
  }

  del(path, body, options) {
    return this.request('DELETE', path, body, options);
  }

  /**
   * The body of the answer: parsed JSON, text, or a Buffer of anything else. Throws Unexpected when the status is not right.
   * body: an object goes as JSON; text, bytes and FormData go as they are.
   * expect: the right status (default: any 2xx), or a list; version: sent as If-Match; type: the body's Content-Type;
   * query: an object of parameters; headers; whole: true gives {status, headers, body} in place of the body.
   */
  async request(method, path, body, { expect, version, type, query, headers = {}, whole = false } = {}) {
    const sent = { accept: '*/*', 'accept-language': this.lang };
    for (const [name, value] of Object.entries(headers)) sent[name.toLowerCase()] = value;
    const set = (name, value) => (sent[name] ??= value);
    if (this.token) set('authorization', `Bearer ${this.token}`);
    if (this.cookie) set('cookie', this.cookie);
    if (this.csrf && method !== 'GET') set('x-csrf-token', this.csrf);
    if (version !== undefined) set('if-match', String(version));
    if (type) set('content-type', type);
    let bytes = body;
    if (body instanceof FormData || body instanceof Blob) {
      const form = new Response(body);
      bytes = Buffer.from(await form.arrayBuffer());
      set('content-type', form.headers.get('content-type') ?? 'application/octet-stream');
    } else if (typeof body === 'string') set('content-type', 'text/plain;charset=UTF-8');
    else if (body !== undefined && !ArrayBuffer.isView(body)) {
      set('content-type', 'application/json');
      bytes = JSON.stringify(body);
    }
    if (bytes !== undefined) sent['content-length'] = Buffer.byteLength(bytes);
    const search = query ? `${path.includes('?') ? '&' : '?'}${new URLSearchParams(query)}` : '';
    const answer = await exchange(new URL(path + search, this.muster.url), method, sent, bytes);
    for (const line of answer.cookies) this.#keep_cookie(line);
    const right = expect === undefined ? answer.status >= 200 && answer.status < 300 : [expect].flat().includes(answer.status);
    if (!right) throw new Unexpected(method, path, expect ?? '2xx', answer);
    return whole ? answer : answer.body;
  }

  #keep_cookie(line) {
    const [pair, ...rest] = line.split(';');
    if (!pair.startsWith('muster=')) return;
    const gone = pair === 'muster=' || rest.some((part) => /^\s*max-age=0\s*$/i.test(part));
    this.cookie = gone ? '' : pair;
  }
}

// fetch would do, at four times the processor time: a story asks thousands of times
const agent = new Agent({ keepAlive: true });

/** One exchange: {status, headers (get), cookies, body}. A connection that the server closed while it lay idle is no answer: asked again on another. */
function exchange(url, method, headers, bytes) {
  return new Promise((done, fail) => {
    const asking = http_request(url, { agent, method, headers }, (response) => {
      const parts = [];
      response.on('data', (part) => parts.push(part));
      response.on('error', fail);
      response.on('end', () => {
        const { 'set-cookie': cookies = [], ...given } = response.headers;
        done({ status: response.statusCode, headers: { get: (name) => given[name.toLowerCase()] ?? null }, cookies, body: body_of(given, Buffer.concat(parts)) });
      });
    });
    asking.setTimeout(patience, () => asking.destroy(new Error(`${method} ${url.pathname} had no answer for ${patience} ms`)));
    asking.on('error', (error) => (asking.reusedSocket && error.code === 'ECONNRESET' ? done(exchange(url, method, headers, bytes)) : fail(error)));
    asking.end(bytes);
  });
}

function body_of(headers, packed) {
  const bytes = headers['content-encoding'] === 'gzip' ? gunzipSync(packed) : packed, type = headers['content-type'] ?? '';
  if (/^application\/([a-z.]+\+)?json\b/.test(type)) return bytes.length ? JSON.parse(bytes) : null;
  return /^text\/|xml\b|javascript\b/.test(type) || !bytes.length ? bytes.toString('utf8') : bytes;
}

/**
 * Chromium, through playwright-core: a Browser with close().
 * CHROMIUM names another binary.
 */
export async function browser(options = {}) {
  const { chromium } = await import('playwright-core');
  const chrome = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    headless: true,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
    ...options,
  });
  closers.add(chrome);
  chrome.once('disconnected', () => closers.delete(chrome));
  return chrome;
}

/** Closes every browser that a test left open; the test runner's own after hooks may call it. */
export async function close_browsers() {
  await Promise.all([...closers].map((chrome) => chrome.close()));
}
