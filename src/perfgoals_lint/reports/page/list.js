// The list of findings: of any number only the rows in sight are elements.
import { make, symbol } from "./dom.js";

export const HEIGHT = 60;
const BEYOND = 6;

/** Rows are `{ finding, count, inner }`; `select` is called with a row that is chosen. */
export class VirtualList {
  constructor(words, select) {
    Object.assign(this, { words, select });
    this.rows = [];
    this.drawn = new Map();
    this.current = -1;
    this.space = make("div", { className: "space", role: "presentation" });
    this.empty = make("p", { hidden: true }, words("none"));
    this.element = make("div", { className: "list", role: "listbox", "aria-label": words("findings"), tabIndex: 0 });
    this.element.append(this.space);
    this.element.addEventListener("scroll", () => this.draw(), { passive: true });
    addEventListener("resize", () => this.draw());
  }

  /** Show other rows. */
  fill(rows, current) {
    this.rows = rows;
    this.current = current;
    this.empty.hidden = rows.length > 0;
    this.space.style.height = `${rows.length * HEIGHT}px`;
    this.clear();
    this.draw();
  }

  clear() {
    this.space.replaceChildren();
    this.drawn.clear();
  }

  /** Make a row the current one and bring it into sight. */
  point(number) {
    this.drawn.get(this.current)?.setAttribute("aria-selected", "false");
    this.drawn.get(number)?.setAttribute("aria-selected", "true");
    this.current = number;
    const top = number * HEIGHT;
    const { scrollTop, clientHeight } = this.element;
    if (top < scrollTop) this.element.scrollTop = top;
    else if (top + HEIGHT > scrollTop + clientHeight) this.element.scrollTop = top + HEIGHT - clientHeight;
    this.draw();
  }

  draw() {
    const first = Math.max(Math.floor(this.element.scrollTop / HEIGHT) - BEYOND, 0);
    const seen = Math.ceil(this.element.clientHeight / HEIGHT) + 2 * BEYOND;
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
    if (inSight) this.element.setAttribute("aria-activedescendant", `row${this.current}`);
    else this.element.removeAttribute("aria-activedescendant");
  }

  row(number) {
    const { finding, count, inner } = this.rows[number];
    const times = count > 1 ? make("span", { className: "times" }, `×${count}`) : null;
    const place = [finding.p, finding.i, finding.w].filter(Boolean).join(" › ");
    const said = make("span", { className: "unseen" }, this.words(finding.s));
    const given = {
      role: "option",
      id: `row${number}`,
      className: `row${inner ? " inner" : ""}`,
      "aria-selected": String(number === this.current),
      "aria-setsize": String(this.rows.length),
      "aria-posinset": String(number + 1),
      onclick: () => this.select(number),
    };
    const title = make("span", { className: "title" }, symbol(finding.s), said, " ", finding.m, " ", times);
    const element = make("div", given, title, make("span", { className: "place" }, place));
    element.style.top = `${number * HEIGHT}px`;
    return element;
  }
}
