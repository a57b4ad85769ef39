// The states as files: exceptions for the next run, and a table for a spreadsheet.
import { make } from "./dom.js";

/** The text of perfgoals-exceptions.yaml; JSON strings are YAML strings. */
export function exceptionsYaml(findings, data, remarks, person, date) {
  const lines = ["exceptions:"];
  for (const finding of findings) {
    const { remark } = remarks.of(finding);
    const given = { rule: finding.c };
    if (finding.p) given.project = finding.p;
    // A document is named by a pattern: what would be special in it stands for itself as any one character.
    else given.document = data.files[finding.f].replace(/[[\]*!?]/g, "?");
    if (finding.i) given.indicator = finding.i;
    if (finding.k) given.field = finding.k;
    if (finding.q) given.quote = finding.q;
    Object.assign(given, { reason: remark, person, date });
    Object.entries(given).forEach(([key, value], number) => {
      lines.push(`${number ? "    " : "  - "}${key}: ${JSON.stringify(value)}`);
    });
  }
  return lines.join("\n") + "\n";
}

/** The text of a CSV file that spreadsheets open; no cell of it is taken for a formula. */
export function statesCsv(findings, data, remarks, words) {
  const cell = (value) => {
    const text = String(value ?? "");
    return `"${(/^[=+\-@\t\r]/.test(text) ? "'" + text : text).replaceAll('"', '""')}"`;
  };
  const rows = findings.map((finding) => {
    const { state, remark } = remarks.of(finding);
    const place = [data.files[finding.f], finding.u, finding.p, finding.i, finding.w];
    return [words(finding.s), finding.c, ...place, finding.m, words(state), remark].map(cell).join(",");
  });
  return "\ufeff" + [words("csv_head"), ...rows].join("\r\n") + "\r\n";
}

/** Hand a text to the reader as a file. */
export function download(name, type, text) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = make("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}
