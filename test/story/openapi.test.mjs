// The description of the API holds together and tells the truth; the page of it needs nothing else; the counts of the program.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { start_muster } from '../harness.mjs';

let muster, admin, document;
const methods = ['get', 'post', 'patch', 'delete', 'put'];
const types = ['string', 'integer', 'number', 'boolean', 'array', 'object', 'null'];
const operations = () => Object.entries(document.paths).flatMap(([path, item]) => Object.entries(item).map(([method, operation]) => ({ path, method, operation })));
const resolve = (ref) => ref.slice(2).split('/').reduce((at, part) => at?.[part], document);

before(async () => {
  muster = await start_muster({ env: { MUSTER_NOW: '2020-03-05T02:00:00Z' } });
  admin = await muster.client('admin');
  document = await (await muster.client()).get('/api/openapi.json');
});
after(() => muster?.stop());

function walk(value, visit, at = '#') {
  if (!value || typeof value !== 'object') return;
  visit(value, at);
  for (const [key, inner] of Object.entries(value)) walk(inner, visit, `${at}/${key}`);
}

// As OpenAPI 3.1 says of the parts that we use; the whole was held against the published schema once by hand.
function check_schema(schema, at) {
  const known = ['type', 'format', 'pattern', 'enum', 'minimum', 'maximum', 'maxLength', 'items', 'properties', 'required', 'additionalProperties', 'description', 'readOnly', 'examples', '$ref'];
  for (const key of Object.keys(schema)) assert.ok(known.includes(key), `${at}: ${key}`);
  for (const type of [schema.type ?? []].flat()) assert.ok(types.includes(type), `${at}: ${type}`);
  if (schema.enum) assert.equal(new Set(schema.enum).size, schema.enum.length, at);
  if ('minimum' in schema) assert.ok(schema.minimum <= schema.maximum, at);
  if (schema.type === 'array') assert.ok(schema.items, at);
  for (const name of schema.required ?? []) assert.ok(schema.properties?.[name], `${at} requires ${name}`);
  for (const [name, inner] of Object.entries(schema.properties ?? {})) check_schema(inner, `${at}.${name}`);
  if (schema.items) check_schema(schema.items, `${at}[]`);
}

test('it is an OpenAPI 3.1 document whose references, names and parameters hold together', () => {
  assert.match(document.openapi, /^3\.1\.\d$/);
  assert.ok(document.info.title && document.info.version);
  walk(document, (value, at) => '$ref' in value && assert.ok(resolve(value.$ref), `${at}: ${value.$ref}`));
  for (const [name, schema] of Object.entries(document.components.schemas)) check_schema(schema, name);
  const ids = operations().map(({ operation }) => operation.operationId);
  assert.equal(new Set(ids).size, ids.length);
  const shapes = Object.keys(document.paths).map((path) => path.replace(/\{[^}]*\}/g, '{}'));
  assert.equal(new Set(shapes).size, shapes.length);
  for (const { path, method, operation } of operations()) {
    assert.ok(methods.includes(method), method);
    assert.ok(operation.summary && !operation.summary.includes('|'), path);
    assert.ok(Object.keys(operation.responses).length && operation.responses.default);
    const named = [...path.matchAll(/\{([^}]*)\}/g)].map((found) => found[1]);
    const declared = operation.parameters.filter((one) => one.in === 'path');
    assert.deepEqual(declared.map((one) => one.name), named, path);
    assert.ok(declared.every((one) => one.required));
    const keys = operation.parameters.map((one) => `${one.in} ${one.name}`);
    assert.equal(new Set(keys).size, keys.length, `${method} ${path}: ${keys}`);
    for (const one of operation.parameters) check_schema(one.schema, `${path} ${one.name}`);
    for (const scheme of (operation.security ?? []).flatMap((one) => Object.keys(one))) assert.ok(document.components.securitySchemes[scheme]);
    if (method === 'get') assert.ok(!operation.requestBody, path);
    for (const { content } of [operation.requestBody, ...Object.values(operation.responses)].filter((one) => one?.content))
      for (const one of Object.values(content)) if (one.schema && !one.schema.anyOf) check_schema(one.schema, `${method} ${path}`);
  }
});

test('every declared record, field and step is in it, and nothing hidden', async () => {
  const declared = await admin.get('/api/v1/declarations');
  for (const record of declared.records.filter((one) => !one.inner)) {
    const paths = document.paths;
    assert.ok(paths[`/api/v1/${record.plural}`]?.get && paths[`/api/v1/${record.plural}`].post, record.plural);
    assert.ok(paths[`/api/v1/${record.plural}.csv`]?.get && paths[`/api/v1/${record.plural}.xlsx`]?.get && paths[`/api/v1/${record.plural}:import`]?.post);
    const name = record.name[0].toUpperCase() + record.name.slice(1);
    const schema = document.components.schemas[name];
    for (const field of record.fields) {
      assert.ok(schema.properties[field.name], `${record.name}.${field.name}`);
      if (field.picks) assert.deepEqual(schema.properties[field.name].enum.filter((code) => code !== null), field.picks.map((pick) => pick.code));
      assert.equal(field.name in document.components.schemas[`${name}New`].properties, field.set === 'user', `${record.name}.${field.name}`);
    }
    for (const step of record.steps) assert.ok(paths[`/api/v1/${record.plural}/{id}/${step.name}`]?.post, step.name);
  }
  assert.equal(document.components.schemas.User.properties.password, undefined);
});

const fits = (value, schema) => {
  const of = value === null ? 'null' : Array.isArray(value) ? 'array' : Number.isInteger(value) ? 'integer' : typeof value;
  const type = [schema.type ?? of].flat();
  if (!type.includes(of) && !(of === 'integer' && type.includes('number'))) return false;
  return !schema.enum || schema.enum.includes(value);
};

test('what the server gives is what it says it gives', async () => {
  const county = await admin.post('/api/v1/areas', { code: '431302', name: '娄星区', level: 3 });
  const site = await admin.post('/api/v1/sites', { name: '演示甲厂', kind: 'enterprise', status: 'resumed', staff: 10, area: county.id, effective: '2020-03-01', phone: '13800010001' });
  const told = await admin.post('/api/v1/returns/confirm', { site: site.id, day: '2020-03-04', on_duty: 3 });
  for (const [name, row] of [['Area', county], ['Site', site], ['Daily', told]]) {
    const { properties, required } = document.components.schemas[name];
    for (const key of required) assert.ok(key in row, `${name}.${key}`);
    for (const [key, value] of Object.entries(row)) if (properties[key]) assert.ok(fits(value, properties[key]), `${name}.${key}: ${JSON.stringify(value)}`);
    for (const key of Object.keys(properties)) assert.ok(key in row, `${name}.${key} is not given`);
  }
});

test('each operation asks for the right that the server asks for, and those open to all are few', async () => {
  const stranger = await muster.client();
  const open = operations().filter(({ operation }) => !operation.security.length).map(({ method, path }) => `${method} ${path}`);
  for (const name of ['get /healthz', 'get /api/openapi.json', 'get /api/docs', 'post /api/v1/session']) assert.ok(open.includes(name), name);
  assert.ok(!open.some((name) => / \/api\/v1\/(sites|returns|users|tallies)/.test(name)));
  for (const { path, method, operation } of operations())
    if (operation.security.length && method === 'get' && !path.includes('{')) await stranger.get(path, { expect: 401 });
});

test('examples are plainly made up', () => {
  const text = JSON.stringify(document);
  assert.doesNotMatch(text, /1[3-9]\d{9}(?!\d)/);
  const example = document.components.schemas.SiteNew.examples[0];
  assert.match(example.name, /演示/);
  for (const schema of Object.values(document.components.schemas))
    for (const one of schema.examples ?? []) for (const name of schema.required ?? []) assert.ok(name in one, name);
});

test('it speaks the language of its reader', async () => {
  const english = await admin.get('/api/openapi.json', { headers: { 'Accept-Language': 'en' } });
  const chinese = await admin.get('/api/openapi.json', { headers: { 'Accept-Language': 'zh' } });
  assert.equal(english.paths['/api/v1/returns/{id}/seal'].post.summary, 'Seal');
  assert.equal(chinese.paths['/api/v1/returns/{id}/seal'].post.summary, '审签归档');
});

test('the page of it is whole in itself', async () => {
  const { body, headers } = await admin.get('/api/docs', { whole: true });
  assert.match(headers.get('content-type'), /^text\/html/);
  assert.match(headers.get('content-security-policy'), /default-src 'self'/);
  assert.doesNotMatch(body, /<script|src=|<link|javascript:/);
  for (const { operation } of operations()) assert.ok(body.includes(`id="${operation.operationId}"`), operation.operationId);
  for (const name of Object.keys(document.components.schemas)) assert.ok(body.includes(`id="schema-${name}"`));
});

test('the program counts what it does, for this machine or by right', async () => {
  const stranger = await muster.client();
  await stranger.get('/nothing.here', { expect: 404 });
  await new Promise((done) => setTimeout(done, 100));
  const text = await stranger.get('/metrics');
  const value = (line) => Number(text.split('\n').find((one) => one.startsWith(`${line} `))?.split(' ')[1]);
  assert.ok(value('muster_requests_total{status="200"}') >= 5);
  assert.ok(value('muster_requests_total{status="404"}') >= 1);
  assert.equal(value('muster_rows{record="site"}'), 1);
  assert.ok(value('muster_writer_writes_total') >= value('muster_writer_batches_total'));
  assert.ok(value('muster_store_bytes') > 4096);
  assert.equal(value('muster_job_failures_total{job="roll"}'), 0);
  assert.equal(value('muster_request_seconds_bucket{le="+Inf"}'), value('muster_request_seconds_count'));
  for (const line of text.split('\n').filter((one) => one && !one.startsWith('#'))) assert.match(line, /^[a-z_]+(\{[a-z]+="[^"]*"\})? [0-9.]+$/);
  assert.doesNotMatch(text, /演示|1380001|admin/);
  await stranger.get('/metrics', { headers: { 'X-Forwarded-For': '203.0.113.7' }, expect: 401 });
  await admin.get('/metrics', { headers: { 'X-Forwarded-For': '203.0.113.7' } });
});
