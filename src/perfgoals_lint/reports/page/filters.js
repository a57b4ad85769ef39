// Which findings are shown; the choice stands in the address, so that it can be linked to.

const NAMES = ["severity", "dimension", "rule", "unit", "file", "state", "q", "project", "finding"];

/** The choice that an address asks for. `severity` holds those shown, separated by commas; empty means all. */
export function choiceOf(hash) {
  const asked = new URLSearchParams(hash.replace(/^#/, ""));
  return Object.fromEntries(NAMES.map((name) => [name, asked.get(name) ?? ""]));
}

/** The address of a choice. */
export function hashOf(choice) {
  const asked = new URLSearchParams(NAMES.filter((name) => choice[name]).map((name) => [name, choice[name]]));
  return `#${asked}`;
}

/** The findings that fit a choice, the worst first. */
export function chosen(data, choice, remarks) {
  const severities = choice.severity ? choice.severity.split(",") : null;
  const asked = choice.q.trim().toLowerCase().split(/\s+/).filter(Boolean);
  return data.order.filter(
    (finding) =>
      (!severities || severities.includes(finding.s)) &&
      (!choice.dimension || data.rules[finding.c].dimension === choice.dimension) &&
      (!choice.rule || finding.c === choice.rule) &&
      (!choice.unit || unitOf(data, finding) === choice.unit) &&
      (!choice.file || data.files[finding.f] === choice.file) &&
      (!choice.state || remarks.of(finding).state === choice.state) &&
      (!choice.project || String(finding.t ?? `f${finding.f}`) === choice.project) &&
      asked.every((word) => searched(data, finding).includes(word)),
  );
}

/** What a finding is searched by, put together when it is first asked for. */
function searched(data, finding) {
  finding.search ??= [finding.m, finding.c, data.rules[finding.c].title, finding.p, finding.u, finding.i, finding.q, finding.w]
    .filter(Boolean)
    .join(" ")
    .toLowerCase();
  return finding.search;
}

/** The unit of a finding, or of its table; empty when none is given. */
export function unitOf(data, finding) {
  return finding.u || (finding.t === undefined ? "" : data.tables[finding.t].u);
}

/** Groups of equal findings: of one rule, the same but for the names they quote. */
export function folded(findings) {
  const groups = new Map();
  for (const finding of findings) {
    finding.like ??= `${finding.c} ${finding.s} ${finding.m.replace(/“[^”]*”/g, "“”")}`;
    if (groups.has(finding.like)) groups.get(finding.like).push(finding);
    else groups.set(finding.like, [finding]);
  }
  return [...groups.values()];
}
