// The packed data of the page.

/** Can this browser unpack the data? */
export function canUnpack() {
  return typeof DecompressionStream === "function";
}

/** The data that the report was written with. */
export async function unpack(element) {
  const bytes = Uint8Array.from(atob(element.textContent.trim()), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return prepared(byRow(JSON.parse(await new Response(stream).text())));
}

/** Data that were packed by column, as the page uses them: a finding, and a cell with its text, is one object. */
function byRow(data) {
  const columns = Object.entries(data.findings);
  const row = (number) => Object.fromEntries(columns.map(([name, held]) => [name, held[number]]).filter(([, value]) => value !== null));
  const cell = (grid) => ([at, column, rows, columns, ...rest], number) => [at, column, rows, columns, grid.t[number], ...rest];
  const grids = data.grids.map((grid) => ({ ...grid, c: grid.c.map(cell(grid)) }));
  return { ...data, grids, findings: Array.from({ length: data.number }, (_, number) => row(number)) };
}

/** The data with what the page adds: each finding knows its number and what it is searched by. */
export function prepared(data) {
  const text = (finding) => [finding.m, finding.c, data.rules[finding.c].title, finding.p, finding.u, finding.i, finding.q, finding.w];
  data.findings.forEach((finding, number) => {
    finding.n = number;
    finding.search = text(finding).filter(Boolean).join(" ").toLowerCase();
  });
  return data;
}
