// dashboard.cjs DASHBOARD RULES: checks the dashboard's shape and writes its queries as rules, so that promtool can read them.
const { readFileSync, writeFileSync } = require('node:fs');
const { stringify } = require('yaml');

const [file, rules] = process.argv.slice(2);
const dashboard = JSON.parse(readFileSync(file, 'utf8'));
const problems = [];
const ids = new Set();
const variables = new Set([...(dashboard.templating?.list ?? []).map(variable => variable.name), '__rate_interval', '__interval', '__range']);
const expressions = [];
for (const panel of dashboard.panels) {
  if (ids.has(panel.id)) problems.push(`two panels have the id ${panel.id}`);
  ids.add(panel.id);
  if (panel.type !== 'row' && !panel.title) problems.push(`panel ${panel.id} has no title`);
  if (panel.type !== 'row' && !panel.description) problems.push(`panel '${panel.title}' does not say what it shows`);
  if (panel.gridPos.x + panel.gridPos.w > 24) problems.push(`panel '${panel.title}' is wider than the page`);
  for (const target of panel.targets ?? []) {
    for (const [, name] of target.expr.matchAll(/\$\{?(\w+)\}?/g)) if (!variables.has(name)) problems.push(`panel '${panel.title}' uses $${name}, which is no variable`);
    expressions.push(target.expr.replaceAll('$__rate_interval', '5m').replaceAll('$__range', '1h').replaceAll('$__interval', '1m').replace(/\$\{?\w+\}?/g, '.*'));
  }
}
for (const left of dashboard.panels) {
  for (const right of dashboard.panels) {
    const [a, b] = [left.gridPos, right.gridPos];
    if (left.id < right.id && a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h) problems.push(`panels '${left.title}' and '${right.title}' overlap`);
  }
}
writeFileSync(rules, stringify({ groups: [{ name: 'dashboard', rules: expressions.map((expr, index) => ({ record: `dashboard:query:${index}`, expr })) }] }));
for (const line of problems) console.log(line);
process.exit(problems.length === 0 ? 0 : 1);
