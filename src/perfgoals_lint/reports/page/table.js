// A table as it is printed, with marks on the cells that findings are about.
import { SEVERITIES, make, symbol } from "./dom.js";
import { markCells, termsOf } from "./terms.js";

const MANY = 3000;
const HEAD = 8;

/** The rows of a grid that are shown for a table: all, or of a grid with many cells its head and the table's own. */
function windowOf(grid, table, others) {
  if (grid.c.length <= MANY || !table) return () => true;
  const head = Math.min(HEAD, ...others.map((other) => other.r[0]));
  const [first, last] = table.r;
  return (row) => row < head || (row >= first && row <= last + 1);
}

/** Draws grids; `select` is called with a finding when its cell is chosen. Cells are found again by `cellOf`. */
export class TableView {
  constructor(data, words, select) {
    Object.assign(this, { data, words, select });
    this.element = make("section", { className: "table", "aria-label": words("table"), tabIndex: 0 });
    this.shown = new Map();
  }

  /** Show a table (its number) with the marks of some findings. */
  show(number, findings) {
    this.shown.clear();
    this.unmark = null;
    const table = this.data.tables[number];
    const byCell = new Map();
    for (const finding of findings) {
      if (!finding.x) continue;
      const key = finding.x.join();
      byCell.set(key, [...(byCell.get(key) ?? []), finding]);
    }
    const parts = table ? [make("h2", {}, table.p || this.words("no_name"))] : [];
    if (table?.u) parts.push(make("p", { className: "unit" }, table.u));
    for (const at of table?.g ?? []) parts.push(...this.grid(at, table, byCell));
    if (!table?.g.length) parts.push(make("p", {}, this.words("no_table")));
    this.element.replaceChildren(...parts);
  }

  grid(at, table, byCell) {
    const grid = this.data.grids[at];
    const within = windowOf(grid, table.g[0] === at ? table : null, this.data.tables.filter((one) => one.g[0] === at));
    const rows = new Map();
    grid.c.forEach((cell, number) => {
      const [row] = cell;
      if (!within(row)) return;
      if (!rows.has(row)) rows.set(row, make("tr"));
      rows.get(row).append(this.cell(cell, `${at},${number}`, byCell.get(`${at},${number}`) ?? []));
    });
    const ordered = [...rows.keys()].sort((one, other) => one - other);
    const body = make("tbody", {}, ...ordered.map((row) => rows.get(row)));
    const name = grid.n || table.p || this.words("table");
    const parts = [make("table", {}, make("caption", {}, name), body)];
    if (grid.l) parts.push(make("p", {}, this.words("rows_left", { n: grid.l })));
    return parts;
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
   * it into sight; gives the numbers that were found. */
  point(finding) {
    this.unmark?.();
    for (const element of this.element.querySelectorAll(".current, .related")) {
      element.classList.remove("current", "related");
    }
    for (const place of finding?.r ?? []) this.shown.get(place.join())?.classList.add("related");
    const cell = finding?.x && this.shown.get(finding.x.join());
    cell?.classList.add("current");
    cell?.scrollIntoView({ block: "center", inline: "nearest" });
    const cells = [...this.element.querySelectorAll(".current, .related")];
    const { met, undo } = markCells(cells, termsOf(finding?.e ?? ""));
    this.unmark = undo;
    return met;
  }
}
