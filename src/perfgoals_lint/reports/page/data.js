// The packed data of the page.
import { SEVERITIES } from "./dom.js";

const TURN = 10; // milliseconds

/** Can this browser unpack the data? */
export function canUnpack() {
  return typeof DecompressionStream === "function";
}

/** The data that the report was written with. */
export async function unpack(element) {
  const bytes = Uint8Array.from(atob(element.textContent.trim()), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  const data = prepared(await byRow(await new Response(stream).json()));
  await pause();
  return data;
}

/** Let the page answer what waits. */
const pause = () => new Promise((go) => setTimeout(go));

/** Do something with each of many things, in turns so short that the page answers in between. */
async function inTurns(things, work) {
  let since = performance.now();
  for (const [number, thing] of things.entries()) {
    work(thing, number);
    if (performance.now() - since < TURN) continue;
    await pause();
    since = performance.now();
  }
}

/** Data that were packed by column, as the page uses them: a finding, and a cell with its text, is one object. */
async function byRow(data) {
  const findings = Array.from({ length: data.number }, () => ({}));
  await inTurns(Object.entries(data.findings), ([name, held]) => {
    held.forEach((value, number) => {
      if (value !== null) findings[number][name] = value;
    });
  });
  await inTurns(data.grids, (grid) => grid.c.forEach((cell, number) => cell.splice(4, 0, grid.t[number])));
  return { ...data, findings };
}

/** The data with what the page adds: each finding knows its number, and `order` has the findings with the worst first. */
export function prepared(data) {
  data.findings.forEach((finding, number) => (finding.n = number));
  data.order = SEVERITIES.flatMap((name) => data.findings.filter((finding) => finding.s === name));
  return data;
}
