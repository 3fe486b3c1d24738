// Counts every measure again, by SQL written by hand from what the measures are said to mean. It reads the rows and shares no code with muster:
// the places of rows by day, the values of dated fields by day and the counting are all done here anew. Needs node:sqlite.
import { DatabaseSync } from 'node:sqlite';
import { sqlite_file } from './harness.mjs';

export const day_number = (text) => Math.round(Date.parse(`${text}T00:00:00Z`) / 86_400_000);

// A text day as a number of days since 1970.
const number = (text) => `CAST(round(julianday(${text}) - 2440587.5) AS INTEGER)`;
// The day, in the incident's zone of UTC+8, of a stamp in milliseconds.
const day_of = (stamp) => `((${stamp} + 28800000) / 86400000)`;

const base = `
CREATE TEMP TABLE days (d INTEGER PRIMARY KEY);
WITH RECURSIVE each_day (d) AS (SELECT :low UNION ALL SELECT d + 1 FROM each_day WHERE d < :high) INSERT INTO days SELECT d FROM each_day;

-- areas.moves is [[day, path], ...]: before that day the area stood there
CREATE TEMP TABLE area_eras AS
WITH moved AS (SELECT a.id, ${number("json_extract(m.value, '$[0]')")} AS until, json_extract(m.value, '$[1]') AS path FROM areas a, json_each(a.moves) m)
SELECT id, coalesce(lag(until) OVER (PARTITION BY id ORDER BY until), -999999) AS begins, until, path FROM moved
UNION ALL
SELECT id, coalesce((SELECT max(until) FROM moved WHERE moved.id = a.id), -999999), 9999999, path FROM areas a;

-- the areas above an area (and itself) on a day: a path is steps of five characters, each the last step of one area
CREATE TEMP TABLE steps AS SELECT number, substr(path, -5) AS step FROM areas;
CREATE INDEX temp.steps_step ON steps (step);
CREATE TEMP TABLE above AS
WITH RECURSIVE cut (id, begins, until, step, rest) AS (
  SELECT id, begins, until, substr(path, 1, 5), substr(path, 6) FROM area_eras
  UNION ALL SELECT id, begins, until, substr(rest, 1, 5), substr(rest, 6) FROM cut WHERE rest <> '')
SELECT cut.id, begins, until, number FROM cut JOIN steps ON steps.step = cut.step;
CREATE INDEX temp.above_id ON above (id);

-- values of dated fields: {"status": {"2020-03-01": "resumed"}}
CREATE TEMP TABLE points AS
SELECT s.id, f.key AS field, ${number('p.key')} AS day, p.value FROM sites s, json_each(s.days) f, json_each(f.value) p;
CREATE INDEX temp.points_id ON points (id, field, day);
`;

const dated = (field, otherwise) => `CASE WHEN EXISTS (SELECT 1 FROM points WHERE id = s.id AND field = '${field}') THEN coalesce(
  (SELECT coalesce(value, '\\0') FROM points WHERE id = s.id AND field = '${field}' AND day <= d ORDER BY day DESC LIMIT 1),
  (SELECT coalesce(value, '\\0') FROM points WHERE id = s.id AND field = '${field}' ORDER BY day LIMIT 1)) ELSE ${otherwise} END`;
const bare = (value) => `nullif(${value}, '\\0')`;

const uuid = (id) => `CASE WHEN ${id} IS NULL THEN '' ELSE lower(substr(hex(${id}), 1, 8) || '-' || substr(hex(${id}), 9, 4) || '-' || substr(hex(${id}), 13, 4) || '-' || substr(hex(${id}), 17, 4) || '-' || substr(hex(${id}), 21)) END`;

const sites = `
CREATE TEMP TABLE site_days AS
SELECT s.id, d, s.kind, d >= s.since AND s.voided_at IS NULL AS there, ${bare(dated('status', 's.status'))} AS status, ${bare(dated('tier', 's.tier'))} AS tier,
  coalesce(CAST(${bare(dated('staff', 's.staff'))} AS INTEGER), 0) AS staff, coalesce(CAST(${bare(dated('on_duty', 's.on_duty'))} AS INTEGER), 0) AS on_duty,
  coalesce(CAST(${bare(dated('rooms', 's.rooms'))} AS INTEGER), 0) AS rooms,
  lower(replace(${dated('area', 'hex(s.area)')}, '-', '')) AS area,
  CASE WHEN s.above_scale = 1 THEN '1' ELSE '' END || '|' || coalesce(s.ownership, '') || '|' || coalesce(s.division, '') || '|' || ${uuid('s.member_of')} AS fine
FROM sites s, days;
CREATE TEMP TABLE places AS
SELECT site_days.id, d, above.number FROM site_days JOIN areas a ON lower(hex(a.id)) = site_days.area JOIN above ON above.id = a.id AND d >= begins AND d < until;
CREATE INDEX temp.places_id ON places (id, d);
CREATE INDEX temp.site_days_id ON site_days (id, d);
CREATE TEMP VIEW firms AS SELECT * FROM site_days WHERE there AND kind = 'enterprise';
CREATE TEMP VIEW working AS SELECT * FROM firms WHERE status IN ('open', 'resumed');
-- what counts: one line a row, a day and a cell; \`d\` where the row stands by its own area and not by a site
CREATE TEMP TABLE counted (measure TEXT, id BLOB, own BLOB, d INTEGER, cell TEXT, n INTEGER);
`;

const tier = "coalesce(tier, '')";
const alive = 'voided_at IS NULL';
const linked = `EXISTS (SELECT 1 FROM links l WHERE l.site = firms.id AND l.${alive} AND l.begins <= d AND (l.ends IS NULL OR d <= l.ends))`;
const holds = (column, holder) => `EXISTS (SELECT 1 FROM links l WHERE l.${column} = ${holder}.id AND l.${alive} AND l.begins <= d AND (l.ends IS NULL OR d <= l.ends))`;
// isolation rooms by staff (facts.md 1.1): one for each hundred from 500 on, a hundred beyond 10,000
const rooms = 'CASE WHEN staff < 500 THEN 0 WHEN staff > 10000 THEN 100 ELSE (staff + 99) / 100 END';
// all staff files were there and complete, as was kept of the day
const files_then = `coalesce((SELECT p.value FROM json_each(x.days, '$.complete') p WHERE ${number('p.key')} <= d ORDER BY p.key DESC LIMIT 1),
  (SELECT p.value FROM json_each(x.days, '$.complete') p ORDER BY p.key LIMIT 1), x.complete)`;
const files_complete = `EXISTS (SELECT 1 FROM site_files x WHERE x.site = firms.id AND x.${alive} AND d >= x.since AND ${files_then} = 1)`;
// a firm was due to report on a day
const due = "EXISTS (SELECT 1 FROM firms f WHERE f.id = r.site AND f.d = r.day AND f.status IS NOT 'exempt')";
const firm_returns = `returns r WHERE r.${alive} AND r.kind = 'firm' AND r.state IN ('submitted', 'sealed') AND ${due}`;
// a need was solved at the end of the day: one of its rounds was solved by then and not yet reopened
const rounds = 'needs n, json_each(n.rounds) r';
const solved_then = `EXISTS (SELECT 1 FROM json_each(n.rounds) r WHERE ${number("r.value ->> 'solved'")} <= d
  AND (r.value ->> 'reopened' IS NULL OR d < ${number("r.value ->> 'reopened'")}))`;
const open_then = `d >= ${day_of('n.raised_at')} AND NOT ${solved_then}`;
const of_need = 'n.site, n.area';
const of_report = 'site, CASE WHEN site IS NULL THEN area END';

// the state of a finding at the end of the day
const finding_state = `coalesce((SELECT p.value FROM json_each(f.days, '$.state') p WHERE ${number('p.key')} <= d ORDER BY p.key DESC LIMIT 1),
  (SELECT p.value FROM json_each(f.days, '$.state') p ORDER BY p.key LIMIT 1), f.state)`;

/** name: SQL giving (site id, own area id where there is no site, day, cell, n). */
const measures = {
  sites: `SELECT id, NULL, d, ${tier} || '|' || coalesce(kind, ''), 1 FROM site_days WHERE there`,
  sites_due: `SELECT id, NULL, d, ${tier}, 1 FROM firms WHERE status IS NOT 'exempt'`,
  sites_resumed: `SELECT id, NULL, d, ${tier}, 1 FROM working`,
  sites_due_by: `SELECT id, NULL, d, fine, 1 FROM firms WHERE status IS NOT 'exempt'`,
  sites_resumed_by: `SELECT id, NULL, d, fine, 1 FROM working`,
  staff_due: `SELECT id, NULL, d, ${tier}, staff FROM working`,
  staff_on_duty: `SELECT id, NULL, d, ${tier}, on_duty FROM working`,
  sites_checked: `SELECT id, NULL, d, ${tier}, 1 FROM firms WHERE status IS NOT 'exempt' AND EXISTS (SELECT 1 FROM checks c WHERE c.site = firms.id AND c.${alive} AND c.day <= d)`,
  sites_checked_whole: `SELECT id, NULL, d, ${tier}, 1 FROM firms WHERE status IS NOT 'exempt' AND EXISTS (SELECT 1 FROM checks c WHERE c.site = firms.id AND c.${alive} AND c.whole = 1 AND c.day <= d)`,
  sites_linked: `SELECT id, NULL, d, ${tier}, 1 FROM firms WHERE status IS NOT 'exempt' AND ${linked}`,
  sites_unlinked: `SELECT id, NULL, d, ${tier}, 1 FROM firms WHERE status IS NOT 'exempt' AND NOT ${linked}`,
  sites_filed: `SELECT id, NULL, d, ${tier}, 1 FROM firms WHERE status IN ('open', 'resumed', 'filed')`,
  firms_files_complete: `SELECT id, NULL, d, ${tier}, 1 FROM firms WHERE status IS NOT 'exempt' AND ${files_complete}`,
  firms_files_lacking: `SELECT id, NULL, d, ${tier}, 1 FROM firms WHERE status IS NOT 'exempt' AND NOT ${files_complete}`,
  rooms_needed: `SELECT id, NULL, d, ${tier}, ${rooms} FROM working`,
  rooms_lacking: `SELECT id, NULL, d, ${tier}, max(${rooms} - rooms, 0) FROM working`,
  checks: `SELECT site, NULL, day, coalesce(result, ''), 1 FROM checks WHERE ${alive}`,
  checks_faulty: `SELECT site, NULL, day, '', 1 FROM checks WHERE ${alive} AND result IN ('fixed_on_spot', 'failed')`,
  checks_one_visit: `SELECT site, NULL, day, '', 1 FROM checks WHERE ${alive} AND result = 'fixed_on_spot'`,
  findings_found: `SELECT site, NULL, day, severity, 1 FROM findings WHERE ${alive}`,
  findings_open: `SELECT site, NULL, d, severity, 1 FROM findings f, days WHERE ${alive} AND d >= day AND ${finding_state} <> 'closed'`,
  findings_overdue: `SELECT site, NULL, d, severity, 1 FROM findings f, days WHERE ${alive} AND d > due AND ${finding_state} IN ('open', 'sent_back')`,
  findings_closed: `SELECT site, NULL, closed_day, severity, 1 FROM findings WHERE ${alive} AND closed_day IS NOT NULL`,
  findings_closed_in_time: `SELECT site, NULL, closed_day, severity, 1 FROM findings WHERE ${alive} AND closed_day IS NOT NULL AND rectified_day <= due`,
  interviews: `SELECT site, NULL, day, '', 1 FROM interviews WHERE ${alive}`,
  links: `SELECT l.site, NULL, d, l.level, 1 FROM links l, days WHERE l.${alive} AND l.begins <= d AND (l.ends IS NULL OR d <= l.ends)
    AND EXISTS (SELECT 1 FROM sites s WHERE s.id = l.site AND s.${alive})`,
  liaisons: `SELECT NULL, users.area, d, '', 1 FROM users, days WHERE users.${alive} AND ${holds('user', 'users')}`,
  liaison_people: `SELECT NULL, people.area, d, '', 1 FROM people, days WHERE people.${alive} AND ${holds('person', 'people')}`,
  returns_in: `SELECT site, CASE WHEN site IS NULL THEN area END, day, kind || '|' || timing || '|' || content, 1 FROM returns WHERE ${alive} AND state IN ('submitted', 'sealed')`,
  firms_reported: `SELECT r.site, NULL, r.day, r.timing || '|' || r.content, 1 FROM ${firm_returns}`,
  firms_in_time: `SELECT r.site, NULL, r.day, r.content, 1 FROM ${firm_returns} AND r.timing = 'time'`,
  needs_raised: `SELECT ${of_need}, ${day_of('n.raised_at')}, n.kind, 1 FROM needs n WHERE n.${alive}`,
  needs_open: `SELECT ${of_need}, d, n.kind, 1 FROM needs n, days WHERE n.${alive} AND ${open_then}`,
  needs_overdue: `SELECT ${of_need}, d, n.kind, 1 FROM needs n, days WHERE n.${alive} AND d >= ${day_of('(n.due_at + 1)')} AND ${open_then}`,
  needs_solved: `SELECT ${of_need}, ${number("r.value ->> 'solved'")}, n.kind, 1 FROM ${rounds} WHERE n.${alive}
    UNION ALL SELECT ${of_need}, ${number("r.value ->> 'reopened'")}, n.kind, -1 FROM ${rounds} WHERE n.${alive} AND r.value ->> 'reopened' IS NOT NULL`,
  needs_solved_in_time: `SELECT ${of_need}, ${number("r.value ->> 'solved'")}, n.kind, 1 FROM ${rounds} WHERE n.${alive} AND NOT r.value ->> 'late'
    UNION ALL SELECT ${of_need}, ${number("r.value ->> 'reopened'")}, n.kind, -1 FROM ${rounds} WHERE n.${alive} AND NOT r.value ->> 'late' AND r.value ->> 'reopened' IS NOT NULL`,
  urgent_told: `SELECT ${of_report}, since, kind, 1 FROM reports WHERE ${alive} AND stage = 'first'`,
  urgent_open: `SELECT ${of_report}, d, kind, 1 FROM reports, days WHERE ${alive} AND stage = 'first' AND d >= since AND (closed_at IS NULL OR d < ${day_of('closed_at')})`,
};

const flows = new Set(['urgent_told', 'checks', 'checks_faulty', 'checks_one_visit', 'findings_found', 'findings_closed', 'findings_closed_in_time', 'interviews', 'returns_in', 'firms_reported', 'firms_in_time', 'needs_raised', 'needs_solved', 'needs_solved_in_time']);

/** Every difference between the tallies of a store and the rows, as text; [] where there is none. Days from `low` to `high`. */
export function recount(store, low, high) {
  const db = new DatabaseSync(sqlite_file(store), { readOnly: false });
  const run = (sql) => db.exec(sql.replaceAll(':low', low).replaceAll(':high', high));
  run(base);
  run(sites);
  for (const [name, sql] of Object.entries(measures)) run(`INSERT INTO counted SELECT '${name}', * FROM (${sql})`);
  run(`
CREATE TEMP TABLE expected AS
SELECT measure, number, d, cell, sum(n) AS n FROM (
  SELECT c.measure, p.number, c.d, c.cell, c.n FROM counted c JOIN places p ON p.id = c.id AND p.d = c.d WHERE c.own IS NULL
  UNION ALL
  SELECT c.measure, above.number, c.d, c.cell, c.n FROM counted c JOIN above ON above.id = c.own AND c.d >= begins AND c.d < until)
WHERE d BETWEEN :low AND :high AND n <> 0 GROUP BY measure, number, d, cell;
CREATE TEMP TABLE stored AS
SELECT t.measure, t.area AS number, days.d, t.cell, sum(t.n) AS n FROM days JOIN tallies t ON t.span = 0 AND t.day <= days.d
WHERE t.measure NOT IN (${[...flows].map((name) => `'${name}'`)}) GROUP BY 1, 2, 3, 4 HAVING sum(t.n) <> 0
UNION ALL
SELECT measure, area, day, cell, n FROM tallies WHERE span = 0 AND n <> 0 AND day BETWEEN :low AND :high AND measure IN (${[...flows].map((name) => `'${name}'`)});`);
  const known = db.prepare('SELECT DISTINCT measure FROM tallies').all().map((row) => row.measure);
  const differences = known.filter((name) => !(name in measures)).map((name) => `${name}: no SQL counts it`);
  const rows = db
    .prepare(
      `SELECT measure, number, d, cell, sum(e) AS e, sum(s) AS s FROM (
         SELECT measure, number, d, cell, n AS e, 0 AS s FROM expected UNION ALL SELECT measure, number, d, cell, 0, n FROM stored)
       GROUP BY 1, 2, 3, 4 HAVING sum(e) <> sum(s) ORDER BY 1, 3 LIMIT 50`,
    )
    .all();
  for (const row of rows)
    differences.push(`${row.measure} of area ${row.number} on ${new Date(row.d * 86_400_000).toISOString().slice(0, 10)} [${row.cell}]: rows ${row.e}, tallies ${row.s}`);
  const months = db
    .prepare(
      `SELECT measure, area, cell, month, sum(days) AS days, sum(months) AS months FROM (
         SELECT measure, area, cell, strftime('%Y-%m', day * 86400, 'unixepoch') AS month, n AS days, 0 AS months FROM tallies WHERE span = 0
         UNION ALL SELECT measure, area, cell, strftime('%Y-%m', day * 86400, 'unixepoch'), 0, n FROM tallies WHERE span = 1)
       GROUP BY 1, 2, 3, 4 HAVING sum(days) <> sum(months) LIMIT 20`,
    )
    .all();
  for (const row of months) differences.push(`${row.measure} of area ${row.area} in ${row.month} [${row.cell}]: days ${row.days}, month ${row.months}`);
  const counted = db.prepare('SELECT count(*) AS n, count(DISTINCT measure) AS measures FROM expected').get();
  db.close();
  return { differences, cells: counted.n, measures: counted.measures };
}
