// What the replays of campaigns share: many rows in few requests, and figures that are read and opened.
import assert from 'node:assert/strict';

/** Rows made in batches through the API; the rows as they came back, in their order. */
export async function make(client, plural, rows, size = 500) {
  const made = [];
  for (let at = 0; at < rows.length; at += size) {
    const part = rows.slice(at, at + size);
    const answer = await client.post(`/api/v1/${plural}`, { rows: part });
    const bad = answer.rows.find((one) => one.status >= 300);
    assert.ok(!bad, `${plural}: ${JSON.stringify(bad)}`);
    made.push(...answer.rows.map((one, n) => ({ ...part[n], ...(one.row ?? one) })));
  }
  return made;
}

const text = (query) => new URLSearchParams(Object.entries(query).filter(([, value]) => value !== undefined)).toString();

/** Every row behind a figure, page after page: [{value, row}]. */
export async function open_figure(client, measure, query) {
  const rows = [];
  for (let after = ''; after !== null; ) {
    const page = await client.get(`/api/v1/tallies/rows?${text({ measure, ...query, limit: 1000 })}&after=${encodeURIComponent(after)}`);
    rows.push(...page.rows);
    after = page.next;
  }
  assert.equal(new Set(rows.map((one) => one.row.id)).size, rows.length, `${measure}: a row stands twice`);
  return rows;
}

/**
 * A figure as a user reads it, and the rows that it opens into: {value, rows}. Fails where they do not add up to it.
 * query: area, day, total, and parts such as tier or division, whose cells are added up.
 */
export async function figure(client, measure, { area, day, total, ...parts }) {
  const { counts } = (await client.get(`/api/v1/tallies?${text({ measure, area, day, total })}`)).rows[0];
  const { by } = (await declared(client)).measures.find((one) => one.name === measure);
  const wanted = Object.entries(parts).map(([name, words]) => [by.indexOf(name), String(words).split(',')]);
  assert.ok(wanted.every(([n]) => n >= 0), `${measure} is told by ${by}`);
  const value = wanted.length
    ? Object.entries(counts[measure].cells).filter(([cell]) => wanted.every(([n, words]) => words.includes(cell.split('|')[n]))).reduce((sum, [, count]) => sum + count, 0)
    : counts[measure].value;
  const rows = await open_figure(client, measure, { area, day, total, ...parts });
  assert.equal(rows.reduce((sum, one) => sum + one.value, 0), value, `${measure} opens into its rows`);
  return { value, rows: rows.map((one) => one.row) };
}

const known = new WeakMap();
async function declared(client) {
  if (!known.has(client)) known.set(client, await client.get('/api/v1/declarations'));
  return known.get(client);
}

/** A rate as a user reads it: {over, under, rate, above, below}; both its counts are opened, `above` and `below` are their rows. */
export async function rate(client, name, { area, day, ...parts }) {
  const shown = (await client.get(`/api/v1/indicators?${text({ area, day, ...parts })}`)).rows[0].indicators[name];
  assert.ok(shown, `${name} is told by ${Object.keys(parts)}`);
  const one = (await declared(client)).indicators.find((each) => each.name === name);
  const names = Object.keys(parts);
  const by = (measure) => declared(client).then((all) => all.measures.find((each) => each.name === measure).by);
  const plain = (await Promise.all([one.over, one.under].map(by))).every((list) => names.every((each) => list.includes(each)));
  const [over, under] = plain ? [one.over, one.under] : [one.fine_over, one.fine_under];
  const total = one.total ? 1 : undefined;
  const [above, below] = [await figure(client, over, { area, day: shown.day ?? day, total, ...parts }), await figure(client, under, { area, day: shown.day ?? day, total, ...parts })];
  assert.deepEqual([shown.over, shown.under], [above.value, below.value], `${name}: both counts open`);
  return { over: shown.over, under: shown.under, rate: shown.rate, above: above.rows, below: below.rows };
}

/** One firm's loan from the asking to the payment. `clock`: called between the asking, the offer and the decision. */
export async function grant_loan({ firm, officer, bank, body, paid, clock = async () => {} }) {
  const loan = await firm.post('/api/v1/loans', { kind: 'loan', purpose: 'wages', months: 12, ...body });
  await officer.post(`/api/v1/loans/${loan.id}/invite`, { invited: [bank.user.org] });
  const { offer } = (await bank.get('/api/v1/bank/loans?state=invited')).rows.find((one) => one.loan.number === loan.number);
  const act = (step, more) => bank.post(`/api/v1/bank/loans/${offer.id}/${step}`, more);
  await clock();
  await act('offer', { amount: body.amount, rate: 315, months: 12 });
  await firm.post(`/api/v1/loan_offers/${offer.id}/accept`, {});
  await clock();
  await act('approve', {});
  if (paid) await act('pay', { pay: paid });
  return loan;
}
