// One finding in full: what, the calculation, what to write, the basis; and what was done about it.
import { make, symbol } from "./dom.js";
import { STATES } from "./remarks.js";
import { marked } from "./terms.js";

/** The text of the field with its faulty part marked; positions count characters, not code units. */
function quoted(finding) {
  const text = [...finding.q];
  const [start, end] = finding.sp ?? [0, 0];
  if (!(start < end && end <= text.length)) return make("blockquote", {}, finding.q);
  const part = (from, to) => text.slice(from, to).join("");
  return make("blockquote", {}, part(0, start), make("mark", {}, part(start, end)), part(end));
}

/** What is wrong and what to do about it, a line each. */
export function saidOf(finding) {
  return [finding.m, ...finding.d.map(([label, said]) => `${label}${said}`)].join("\n");
}

/** Shows the current finding; `changed` is called when its state or remark was changed. */
export class DetailView {
  constructor(data, words, remarks, changed) {
    Object.assign(this, { data, words, remarks, changed });
    this.element = make("section", { id: "detail", className: "detail", "aria-live": "polite", tabIndex: 0 });
    this.element.setAttribute("aria-label", words("findings"));
  }

  /** Show a finding; `terms` are the numbers of its calculation that are marked in the table. */
  show(finding, terms = new Set()) {
    this.element.hidden = !finding;
    if (!finding) return;
    const { words } = this;
    const rule = this.data.rules[finding.c];
    const parts = [
      make("h2", { className: finding.s }, symbol(finding.s), ` ${words(finding.s)} ${rule.title}`),
      make("p", { className: "place" }, [finding.p, finding.i, finding.w].filter(Boolean).join(" › ")),
      make("p", { className: "message" }, finding.m),
    ];
    if (finding.z) parts.push(make("p", {}, finding.z));
    if (finding.q) parts.push(quoted(finding));
    if (finding.d.length) {
      const parted = (text) => (text === finding.e ? marked(text, terms).parts : [text]);
      const said = finding.d.flatMap(([label, text]) => [make("dt", {}, label), make("dd", {}, ...parted(text))]);
      parts.push(make("dl", {}, ...said));
      parts.push(this.copyButton(finding));
    }
    parts.push(this.form(finding));
    if (rule.basis) parts.push(make("details", {}, make("summary", {}, words("basis")), make("p", {}, rule.basis)));
    this.element.replaceChildren(...parts);
  }

  copyButton(finding) {
    const copy = async () => {
      await navigator.clipboard?.writeText(saidOf(finding)).catch(() => {});
    };
    return make("button", { type: "button", onclick: copy }, this.words("copy"));
  }

  form(finding) {
    const { words } = this;
    const { state, remark } = this.remarks.of(finding);
    const options = STATES.map((name) => make("option", { value: name, selected: name === state }, words(name)));
    const select = make("select", { id: "state" }, ...options);
    const input = make("textarea", { id: "remark", rows: 2, value: remark });
    const keep = () => {
      this.remarks.set(finding, select.value, input.value.trim());
      this.changed();
    };
    select.addEventListener("change", keep);
    input.addEventListener("change", keep);
    return make(
      "div",
      { className: "handling" },
      make("label", { for: "state" }, words("state")),
      select,
      make("label", { for: "remark" }, words("remark")),
      input,
    );
  }
}
