// The packed data of the page.

/** Can this browser unpack the data? */
export function canUnpack() {
  return typeof DecompressionStream === "function";
}

/** The data that the report was written with. */
export async function unpack(element) {
  const bytes = Uint8Array.from(atob(element.textContent.trim()), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return prepared(JSON.parse(await new Response(stream).text()));
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
