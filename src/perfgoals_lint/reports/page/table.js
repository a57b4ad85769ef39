// A table as it is printed, with marks on the cells that findings are about.
import { SEVERITIES, make, symbol } from "./dom.js";
import { markCells, termsOf } from "./terms.js";

const MANY = 800; // cells that are shown of a grid at once
const HEAD = 8;

/** The rows of a grid that are shown: all, or of one with many cells its head and as many around a row as are `MANY`. */
function windowOf(grid, tables, row) {
  if (grid.c.length <= MANY) return () => true;
  const reach = Math.ceil((MANY * (grid.c.at(-1)[0] + 1)) / grid.c.length / 2);
  const shared = tables.length > 1 && tables.every(({ r }) => r[0] === tables[0].r[0]); // lines of a list below its unit
  const head = tables.reduce((least, { r }) => Math.min(least, r[shared ? 1 : 0]), HEAD);
  return (at) => at < head || Math.abs(at - row) <= reach;
}

/** The rows from one on that are shown of a cell's. */
function shownOf(row, span, within) {
  return Array.from({ length: span }, (_, number) => row + number).filter(within);
}

/** Draws grids; `select` is called with a finding when its cell is chosen. Cells are found again by `cellOf`. */
export class TableView {
  constructor(data, words, select) {
    Object.assign(this, { data, words, select });
    this.element = make("section", { className: "table", "aria-label": words("table"), tabIndex: 0 });
    this.shown = new Map();
    this.whole = new WeakSet();
    this.mark([]);
  }

  /** Take the findings whose cells bear marks from the next time that a table is shown. */
  mark(findings) {
    this.marks = new Map();
    for (const finding of findings) {
      const key = finding.x?.join();
      if (this.marks.has(key)) this.marks.get(key).push(finding);
      else if (key) this.marks.set(key, [finding]);
    }
  }

  /** Show a table (its number, or none) with its marks and a finding; gives what `point` gives. */
  show(number, finding) {
    this.shown.clear();
    this.unmark = null;
    this.number = number;
    const table = this.data.tables[number];
    const parts = table ? [make("h2", {}, table.p || this.words("no_name"))] : [];
    if (table?.u) parts.push(make("p", { className: "unit" }, table.u));
    for (const at of table?.g ?? []) parts.push(...this.grid(at, table, finding));
    if (!table?.g.length) parts.push(make("p", {}, this.words("no_table")));
    this.element.replaceChildren(...parts);
    return this.outline(finding);
  }

  grid(at, table, finding) {
    const grid = this.data.grids[at];
    const tables = this.data.tables.filter((one) => one.g[0] === at);
    const near = finding?.x?.[0] === at ? grid.c[finding.x[1]][0] : table.r[tables.length > 1 ? 1 : 0];
    const within = this.whole.has(grid) ? () => true : windowOf(grid, tables, near);
    const rows = new Map();
    const left = new Set();
    grid.c.forEach(([row, column, span, ...rest], number) => {
      const covered = shownOf(row, span, within);
      if (!within(row)) left.add(row);
      if (!covered.length) return;
      for (const one of covered) if (!rows.has(one)) rows.set(one, []); // also one of merged cells only
      const key = `${at},${number}`;
      const element = this.cell([row, column, covered.length, ...rest], key, this.marks.get(key) ?? []);
      rows.get(covered[0]).push([column, element]);
    });
    const ordered = [...rows].sort(([one], [other]) => one - other);
    const cells = (row) => row.sort(([one], [other]) => one - other).map(([, element]) => element);
    const body = make("tbody", {}, ...ordered.map(([, row]) => make("tr", {}, ...cells(row))));
    const name = grid.n || table.p || this.words("table");
    const parts = [make("table", {}, make("caption", {}, name), body)];
    if (left.size) parts.push(this.more(grid, left.size));
    if (grid.l) parts.push(make("p", {}, this.words("rows_left", { n: grid.l })));
    return parts;
  }

  /** A button that shows the rows of a grid that are not. */
  more(grid, n) {
    const show = () => {
      this.whole.add(grid);
      this.show(this.number, this.finding);
    };
    return make("button", { type: "button", onclick: show }, this.words("rows_more", { n }));
  }

  cell([, , rowSpan, colSpan, text, head], key, findings) {
    const element = make(head ? "th" : "td", { rowSpan, colSpan, "data-cell": key }, text);
    this.shown.set(key, element);
    if (findings.length) {
      const worst = SEVERITIES.find((severity) => findings.some((finding) => finding.s === severity));
      const said = this.words("mark", { severity: this.words(worst), n: findings.length });
      element.classList.add("marked", worst);
      element.setAttribute("aria-describedby", "detail");
      const given = { type: "button", className: "mark", "aria-label": said, title: said };
      element.append(make("button", given, symbol(worst), findings.length > 1 ? String(findings.length) : ""));
      element.addEventListener("click", () => this.select(findings[0]));
    }
    return element;
  }

  /** Outline the cell of a finding and those it is compared with, mark the numbers of its calculation in them, and bring
   * it into sight; gives the numbers that were found. Other rows are drawn if the cell is not among those that are shown. */
  point(finding) {
    if (finding?.x && !this.shown.has(finding.x.join())) return this.show(this.number, finding);
    this.unmark?.();
    return this.outline(finding);
  }

  outline(finding) {
    this.finding = finding;
    for (const element of this.element.querySelectorAll(".current, .related")) {
      element.classList.remove("current", "related");
    }
    for (const place of finding?.r ?? []) this.shown.get(place.join())?.classList.add("related");
    const cell = finding?.x && this.shown.get(finding.x.join());
    cell?.classList.add("current");
    const cells = [...this.element.querySelectorAll(".current, .related")];
    const { met, undo } = markCells(cells, termsOf(finding?.e ?? ""));
    this.unmark = undo;
    cell?.scrollIntoView({ block: "center", inline: "nearest" }); // last, for it has the page laid out
    return met;
  }
}
