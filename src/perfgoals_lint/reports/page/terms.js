// The numbers of a calculation, marked where they are said and where they stand in the table.
import { make } from "./dom.js";

const NUMBER = /\d[\d,]*(?:\.\d+)?/g;

/** The numbers of a calculation, without separators of thousands. */
export function termsOf(expression) {
  return new Set((expression.match(NUMBER) ?? []).map(plain));
}

function plain(number) {
  const text = number.replaceAll(",", "");
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

/** A text with those of its numbers marked that are among some; gives parts for `append`, and which were there. */
export function marked(text, terms) {
  const parts = [];
  const met = new Set();
  let at = 0;
  for (const found of text.matchAll(NUMBER)) {
    if (!terms.has(plain(found[0]))) continue;
    met.add(plain(found[0]));
    parts.push(text.slice(at, found.index), make("mark", { className: "term" }, found[0]));
    at = found.index + found[0].length;
  }
  parts.push(text.slice(at));
  return { parts, met };
}

/** Mark the terms in the texts of some cells; gives the terms that stand there and what takes the marks away again. */
export function markCells(cells, terms) {
  const met = new Set();
  const changed = [];
  for (const cell of new Set(cells)) {
    const node = cell.firstChild;
    if (node?.nodeType !== Node.TEXT_NODE) continue;
    const { parts, met: here } = marked(node.data, terms);
    if (!here.size) continue;
    here.forEach((term) => met.add(term));
    const holder = make("span", {}, ...parts);
    node.replaceWith(holder);
    changed.push([holder, node]);
  }
  return { met, undo: () => changed.forEach(([holder, node]) => holder.replaceWith(node)) };
}
