// Lists of any length: only the rows in sight are elements.
import { make, symbol } from "./dom.js";

const BEYOND = 6;

/** Rows of one `height`, labelled by `label`; `fillRow` gives attributes and children of a row, `select` is called with
 * the number of one that is chosen. A row that has `heading` cannot be chosen. */
export class VirtualList {
  constructor({ name, label, height, none, fillRow, select }) {
    Object.assign(this, { name, height, fillRow, select });
    this.rows = [];
    this.drawn = new Map();
    this.current = -1;
    this.space = make("div", { className: "space", role: "presentation" });
    this.empty = make("p", { hidden: true }, none);
    this.element = make("div", { className: "list", role: "listbox", "aria-label": label, tabIndex: 0 });
    this.element.append(this.space);
    this.element.addEventListener("scroll", () => this.draw(), { passive: true });
    addEventListener("resize", () => this.draw());
  }

  /** Show other rows. */
  fill(rows, current) {
    this.rows = rows;
    this.current = current;
    this.empty.hidden = rows.length > 0;
    this.element.hidden = !rows.length;
    this.space.style.height = `${rows.length * this.height}px`;
    this.space.replaceChildren();
    this.drawn.clear();
    this.draw();
  }

  /** Make a row the current one and bring it into sight. */
  point(number) {
    this.drawn.get(this.current)?.setAttribute("aria-selected", "false");
    this.drawn.get(number)?.setAttribute("aria-selected", "true");
    this.current = number;
    const top = number * this.height;
    const { scrollTop, clientHeight } = this.element;
    if (top < scrollTop) this.element.scrollTop = top;
    else if (top + this.height > scrollTop + clientHeight) this.element.scrollTop = top + this.height - clientHeight;
    this.draw();
  }

  /** The number of the row that can be chosen a step further, or the current one. */
  next(step) {
    let number = this.current + step;
    while (this.rows[number]?.heading !== undefined) number += step;
    return this.rows[number] ? number : Math.max(this.current, 0);
  }

  draw() {
    const first = Math.max(Math.floor(this.element.scrollTop / this.height) - BEYOND, 0);
    const seen = Math.ceil(this.element.clientHeight / this.height) + 2 * BEYOND;
    const last = Math.min(first + seen, this.rows.length);
    const kept = new Map();
    for (let number = first; number < last; number++) {
      const known = this.drawn.get(number);
      kept.set(number, known ?? this.row(number));
      if (!known) this.space.append(kept.get(number));
    }
    for (const [number, element] of this.drawn) if (!kept.has(number)) element.remove();
    this.drawn = kept;
    const inSight = this.current >= first && this.current < last;
    if (inSight) this.element.setAttribute("aria-activedescendant", `${this.name}${this.current}`);
    else this.element.removeAttribute("aria-activedescendant");
  }

  row(number) {
    const row = this.rows[number];
    const { className, children } = this.fillRow(row);
    const choice = {
      role: "option",
      id: `${this.name}${number}`,
      "aria-selected": String(number === this.current),
      "aria-setsize": String(this.rows.length),
      "aria-posinset": String(number + 1),
      onclick: () => this.select(number),
    };
    const given = row.heading === undefined ? choice : { role: "presentation" };
    const element = make("div", { ...given, className: `row ${className}` }, ...children);
    element.style.top = `${number * this.height}px`;
    element.style.height = `${this.height}px`;
    return element;
  }
}

/** The list of findings: rows are `{ finding, count, inner }`. */
export function findingList(words, select) {
  const fillRow = ({ finding, count, inner }) => {
    const times = count > 1 ? make("span", { className: "times" }, `×${count}`) : null;
    const place = [finding.p, finding.i, finding.w].filter(Boolean).join(" › ");
    const said = make("span", { className: "unseen" }, words(finding.s));
    const title = make("span", { className: "title" }, symbol(finding.s), said, " ", finding.m, " ", times);
    return { className: inner ? "inner" : "", children: [title, make("span", { className: "place" }, place)] };
  };
  return new VirtualList({ name: "row", label: words("findings"), height: 60, none: words("none"), fillRow, select });
}
