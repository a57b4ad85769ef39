// The list of units and their projects, with the number of findings of each.
import { SEVERITIES, SYMBOLS, make } from "./dom.js";
import { VirtualList } from "./list.js";

/** Rows are `{ heading }` for a unit, or `{ key, name, counts }`; `select` is called with the number of a row. */
export function projectList(words, select) {
  const fillRow = ({ heading, name, counts }) => {
    if (heading !== undefined) return { className: "heading", children: [make("span", { className: "title", title: heading }, heading)] };
    const badges = SEVERITIES.filter((severity) => counts?.[severity]).map((severity) => {
      const said = { className: `badge ${severity}`, role: "img", "aria-label": `${words(severity)} ${counts[severity]}` };
      return make("span", said, `${SYMBOLS[severity]}${counts[severity]}`);
    });
    if (counts && !badges.length) badges.push(make("span", { className: "clean" }, `○ ${words("clean")}`));
    return { className: "project", children: [make("span", { className: "title", title: name }, name), ...badges] };
  };
  return new VirtualList({ name: "project", label: words("projects"), height: 32, none: "", fillRow, select });
}

/** The rows for what is chosen: a unit and its projects, then findings about whole files. */
export function projectRows(data, words, choice, findings) {
  const counts = new Map();
  for (const finding of findings) {
    const key = String(finding.t ?? `f${finding.f}`);
    const count = counts.get(key) ?? { error: 0, warning: 0, info: 0 };
    count[finding.s]++;
    counts.set(key, count);
  }
  const units = new Map();
  const put = (unit, key, name) => {
    if (!units.has(unit)) units.set(unit, []);
    units.get(unit).push({ key, name, counts: counts.get(key) ?? {} });
  };
  data.tables.forEach((table, number) => {
    const fits = (!choice.unit || table.u === choice.unit) && (!choice.file || data.files[table.f] === choice.file);
    if (fits) put(table.u || words("no_unit"), String(number), table.p || words("no_name"));
  });
  data.files.forEach((path, number) => {
    if (counts.has(`f${number}`)) put(words("whole_file"), `f${number}`, path);
  });
  const rows = [{ key: "", name: words("all"), counts: null }];
  for (const [unit, entries] of units) rows.push({ heading: unit }, ...entries);
  return rows;
}
