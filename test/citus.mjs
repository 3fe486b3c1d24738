// What Citus accepts: holds SQL texts against it, without Citus. `classes` come from `muster migrate --citus --print`.
const words = new Set('select from where and or not in is null join left right inner outer cross on using group order by limit having union all as set values into update delete insert exists case when then else end distinct asc desc returning conflict do nothing for cast coalesce between like'.split(' '));

/** {table: its column of distribution, or 'copied'} of what the program declares. */
export function declared(text) {
  const classes = {};
  for (const [, table] of text.matchAll(/create_reference_table\('(\w+)'\)/g)) classes[table] = 'copied';
  for (const [, table, column] of text.matchAll(/create_distributed_table\('(\w+)', '(\w+)'/g)) classes[table] = column;
  return classes;
}

const tokens_of = (text) => text.match(/'[^']*'|"[^"]*"|\$\d+|\w+|[^\s\w]/g) ?? [];

/** SELECTs within SELECTs: each with its own tables, its own words, and those inside it. */
function scopes_of(tokens) {
  const start = (outer) => { const tokens = []; return { tokens, parts: [tokens], inner: [], outer }; };
  const top = start(null);
  let scope = top;
  const opened = [];
  tokens.forEach((token, i) => {
    if (token === '(') {
      const inner = /^select$/i.test(tokens[i + 1] ?? '');
      opened.push(inner);
      if (inner) {
        const next = start(scope);
        scope.inner.push(next);
        scope = next;
        return;
      }
    } else if (token === ')' && opened.pop()) {
      scope = scope.outer;
      return;
    }
    if (/^union$/i.test(token)) scope.parts.push(scope.tokens = []);
    else scope.tokens.push(token);
  });
  return top;
}

function tables_of(tokens) {
  const found = [];
  let from = false;
  for (let i = 0; i < tokens.length; i++) {
    const word = tokens[i].toLowerCase();
    if (['where', 'group', 'order', 'limit', 'set', 'on', 'having', 'union', 'values', 'select'].includes(word)) from = false;
    const starts = ['from', 'join', 'update', 'into'].includes(word) || (from && word === ',');
    if (word === 'from') from = true;
    const table = tokens[i + 1];
    if (!starts || !table || !/^\w+$/.test(table) || words.has(table.toLowerCase())) continue;
    const after = tokens[i + 2]?.toLowerCase() === 'as' ? tokens[i + 3] : tokens[i + 2];
    const alias = after && /^[a-z_]\w*$/i.test(after) && !words.has(after.toLowerCase()) ? after : table;
    found.push({ table, alias, into: word === 'into' });
  }
  return found;
}

/** What is wrong with one SQL text; [] where Citus takes it. `keys`: unique keys are those of a spread database. */
export function refused(text, classes, { keys = true } = {}) {
  const problems = [];
  const key = (table) => (classes[table] && classes[table] !== 'copied' ? classes[table] : null);
  // each part of a UNION stands for itself
  const visit = (scope, above) => {
    for (const part of scope.parts) look(part, scope, above);
    for (const inner of scope.inner) visit(inner, [...scope.parts.flatMap(tables_of), ...above]);
  };
  const look = (part, scope, above) => {
    const tables = tables_of(part);
    const own = part.join(' ');
    const spread = tables.filter(({ table, into }) => key(table) && !into);
    const joined = [...own.matchAll(/(\w+) \. (\w+) = (\w+) \. (\w+)/g)].filter(([, , one, , other]) => /home$/.test(one) && /home$/.test(other)).map(([, one, , other]) => [one, other]);
    const at_home = /at_home = home|home = at_home/.test(own) ? 1 : 0;
    if (spread.length > 1 && joined.length + at_home < spread.length - 1) problems.push(`${spread.map(({ table }) => table)} are joined without their homes`);
    for (const { table } of tables) if (classes[table] === undefined && spread.length && !scope.outer && tables.length > 1) problems.push(`${table} lies on one machine and is joined with ${spread[0].table}`);
    for (const [, alias] of own.matchAll(/(?<![\w'] \. )\b(\w+) \. \w+/g)) {
      if (tables.some((one) => one.alias === alias)) continue;
      const outer = above.find((one) => one.alias === alias);
      if (!outer || !spread.length) continue;
      if (!key(outer.table)) problems.push(`${spread[0].table} is asked for each row of ${outer.table}, which is copied`);
      else if (!joined.some((pair) => pair.includes(alias))) problems.push(`${spread[0].table} is asked for each row of ${outer.table} without their homes`);
    }
  };
  visit(scopes_of(tokens_of(text)), []);
  const into = text.match(/^INSERT INTO (\w+)/)?.[1];
  const conflict = text.match(/ON CONFLICT \(([^)]*)\)/)?.[1];
  if (keys && conflict && key(into) && !conflict.split(/, */).includes(key(into))) problems.push(`${into}: ON CONFLICT (${conflict}) lacks ${key(into)}`);
  const changed = text.match(/^UPDATE (\w+) SET (.*?)( WHERE |$)/);
  if (changed && key(changed[1]) && new RegExp(`(^|, )${key(changed[1])} =`).test(changed[2])) problems.push(`${changed[1]}: ${key(changed[1])} is changed`);
  return [...new Set(problems)].map((problem) => `${problem}: ${text.slice(0, 300)}`);
}
