// The page: head, filters, projects, table, findings.
import { SEVERITIES, SYMBOLS, make, wordsOf } from "./dom.js";
import { Remarks, STATES } from "./remarks.js";
import { download, exceptionsYaml, statesCsv } from "./exports.js";
import { chosen, choiceOf, folded, hashOf, unitOf } from "./filters.js";
import { TableView } from "./table.js";
import { findingList } from "./list.js";
import { projectList, projectRows } from "./projects.js";
import { DetailView } from "./detail.js";

export class App {
  /** `storage` gives where states are kept. Each finding that is shown is told by an event `finding` of the root. */
  constructor(data, root, storage = () => localStorage) {
    this.data = data;
    this.root = root;
    this.words = wordsOf(data.words);
    this.remarks = new Remarks(storage);
    this.choice = choiceOf(location.hash);
    this.fold = true;
    this.open = new Set();
    this.finding = null;
    this.project = null;
    this.table = new TableView(data, this.words, (finding) => this.select(finding));
    this.list = findingList(this.words, (number) => this.choose(number));
    this.projectList = projectList(this.words, (number) => this.chooseProject(number));
    this.detail = new DetailView(data, this.words, this.remarks, () => this.refresh());
    this.status = make("p", { className: "status", role: "status" }, this.words(this.remarks.kept ? "kept" : "not_kept"));
    this.count = make("span", { className: "count", "aria-live": "polite" });
    const heading = make("h2", {}, this.words("projects"));
    this.projects = make("nav", { className: "projects", "aria-label": this.words("projects") }, heading, this.projectList.element);
    this.draw();
    const asked = data.findings.find((finding) => finding.id === this.choice.finding);
    if (asked) this.select(asked);
    else if (this.list.rows.length) this.choose(Math.max(this.list.rows.findIndex((row) => row.finding.x), 0));
    else this.showTable(data.tables.length ? 0 : null);
    document.addEventListener("keydown", (event) => this.key(event));
    addEventListener("hashchange", () => this.follow());
  }

  draw() {
    this.root.replaceChildren(this.head(), this.bar(), this.body());
    this.refresh();
  }

  /** Show the findings of another run over these files; what was chosen stays chosen. */
  renew(data) {
    const { scrollTop } = this.table.element;
    const file = this.data.files[this.finding?.f];
    const same = (finding) => finding.id === this.finding?.id && data.files[finding.f] === file;
    const known = data.findings.find(same) ?? null;
    this.data = this.table.data = this.detail.data = data;
    this.finding = known;
    if (this.project !== null && !data.tables[this.project]) this.project = data.tables.length ? 0 : null;
    this.draw();
    this.detail.show(known);
    this.table.element.scrollTop = scrollTop;
  }

  head() {
    const { data, words } = this;
    const parts = [
      make("div", { className: "title" }, make("h1", {}, words("title")), make("p", { className: "verdict" }, data.verdict)),
      make("p", {}, data.counts),
      data.account ? make("p", {}, data.account) : null,
    ];
    if (data.missed.length) {
      const lines = data.missed.map((line) => make("li", {}, line));
      const summary = make("summary", {}, `${words("missed")} (${lines.length})`);
      parts.push(make("details", { className: "missed", open: lines.length < 4 }, summary, make("ul", {}, ...lines)));
    }
    return make("header", {}, ...parts.filter(Boolean));
  }

  bar() {
    const { data, words, choice } = this;
    const counts = Object.fromEntries(SEVERITIES.map((name) => [name, 0]));
    for (const finding of data.findings) counts[finding.s]++;
    this.toggles = SEVERITIES.map((name) => {
      const text = `${SYMBOLS[name]} ${words(name)} ${counts[name]}`;
      return make("button", { type: "button", className: `toggle ${name}`, onclick: () => this.toggle(name) }, text);
    });
    const rules = Object.keys(data.rules).sort();
    const units = [...new Set(data.findings.map((finding) => unitOf(data, finding)).filter(Boolean))].sort();
    const dimensions = [...new Set(rules.map((code) => data.rules[code].dimension))].sort();
    this.selects = {
      dimension: this.chooser("dimension", dimensions.map((name) => [name, name])),
      rule: this.chooser("rule", rules.map((code) => [code, data.rules[code].title])),
      unit: this.chooser("unit", units.map((name) => [name, name])),
      file: this.chooser("file", data.files.map((name) => [name, name])),
      state: this.chooser("state", STATES.map((name) => [name, words(name)])),
    };
    const find = () => this.change({ q: this.search.value });
    this.search = make("input", { type: "search", id: "search", value: choice.q, oninput: find });
    const fold = make("input", { type: "checkbox", id: "fold", checked: true });
    fold.addEventListener("change", () => {
      this.fold = fold.checked;
      this.refresh();
    });
    const keepPerson = () => (this.remarks.person = person.value.trim());
    const person = make("input", { id: "person", size: 8, value: this.remarks.person, onchange: keepPerson });
    const button = (name, action) => make("button", { type: "button", id: name, onclick: action }, words(name));
    return make(
      "div",
      { className: "bar", role: "search", "aria-label": words("filters") },
      ...this.toggles,
      ...Object.entries(this.selects).map(([name, select]) => make("label", {}, words(name), " ", select)),
      make("label", {}, words("search"), " ", this.search),
      make("label", {}, fold, words("fold")),
      make("label", {}, words("person"), " ", person),
      button("export_yaml", () => this.exportYaml()),
      button("export_csv", () => this.exportCsv()),
      button("print", () => print()),
    );
  }

  chooser(name, entries) {
    const options = [["", this.words("all")], ...entries].map(([value, text]) => make("option", { value }, text));
    const select = make("select", { id: `by-${name}` }, ...options);
    select.value = this.choice[name];
    select.addEventListener("change", () => this.change({ [name]: select.value }));
    return select;
  }

  body() {
    const { words } = this;
    const title = make("h2", {}, words("findings"), " ", this.count);
    const side = make("section", { className: "side" }, title, this.list.empty, this.list.element, this.detail.element);
    const keys = make("p", { className: "keys" }, `${words("keys")} · ${this.data.edition}`);
    return make(
      "div",
      { className: "frame" },
      make("main", { className: "columns" }, this.projects, this.table.element, side),
      make("footer", {}, this.status, keys),
    );
  }

  /** Show other findings. */
  change(asked) {
    Object.assign(this.choice, asked);
    history.replaceState(null, "", hashOf(this.choice));
    this.refresh();
  }

  toggle(name) {
    const shown = this.choice.severity ? this.choice.severity.split(",") : [...SEVERITIES];
    const other = shown.includes(name) ? shown.filter((one) => one !== name) : [...shown, name];
    this.change({ severity: other.length && other.length < SEVERITIES.length ? other.join() : "" });
  }

  /** Go where the address points that was opened in this page. */
  follow() {
    this.choice = choiceOf(location.hash);
    for (const [name, select] of Object.entries(this.selects)) select.value = this.choice[name];
    this.search.value = this.choice.q;
    this.refresh();
    const asked = this.data.findings.find((finding) => finding.id === this.choice.finding);
    if (asked) this.select(asked);
  }

  refresh() {
    const { data, choice } = this;
    this.found = chosen(data, choice, this.remarks);
    const shown = choice.severity ? choice.severity.split(",") : SEVERITIES;
    this.toggles.forEach((button, number) => {
      button.setAttribute("aria-pressed", String(shown.includes(SEVERITIES[number])));
    });
    const rows = [];
    for (const group of this.fold ? folded(this.found) : this.found.map((finding) => [finding])) {
      const [finding] = group;
      rows.push({ finding, count: group.length, group });
      if (group.length > 1 && this.open.has(finding.n)) {
        group.slice(1).forEach((one) => rows.push({ finding: one, count: 1, inner: true }));
      }
    }
    this.count.textContent = this.words("listed", { n: this.found.length });
    this.list.fill(rows, rows.findIndex((row) => row.finding === this.finding));
    this.nav();
    this.table.mark(this.found);
    this.showTable(this.project);
  }

  nav() {
    const { data, words, choice } = this;
    const every = choice.project ? chosen(data, { ...choice, project: "" }, this.remarks) : this.found;
    const rows = projectRows(data, words, choice, every);
    this.projectList.fill(rows, rows.findIndex((row) => row.key === choice.project));
  }

  chooseProject(number) {
    const { key } = this.projectList.rows[number];
    this.change({ project: key });
    if (key && !key.startsWith("f")) this.showTable(Number(key));
    if (key && this.list.rows.length) this.choose(0);
  }

  showTable(number) {
    this.project = number;
    return this.table.show(number, number === null ? null : this.finding);
  }

  /** The number of the table to show for a finding: its own, or one of the grid in which its cell stands. */
  tableOf({ t, x }) {
    if (t !== undefined) return t;
    const number = x ? this.data.tables.findIndex((table) => table.g.includes(x[0])) : -1;
    return number < 0 ? null : number;
  }

  /** Choose a row of the list; that of several equal findings opens them. */
  choose(number) {
    const row = this.list.rows[number];
    if (row.count > 1 && !this.open.has(row.finding.n)) {
      this.open.add(row.finding.n);
      this.finding = row.finding;
      this.refresh();
    }
    this.show(row.finding, number);
  }

  select(finding) {
    let number = this.list.rows.findIndex((row) => row.finding === finding);
    if (number < 0) {
      const row = this.list.rows.find((one) => one.group?.includes(finding));
      if (row) {
        this.open.add(row.finding.n);
        this.refresh();
        number = this.list.rows.findIndex((one) => one.finding === finding);
      }
    }
    this.show(finding, number);
  }

  show(finding, number) {
    this.finding = finding;
    this.choice.finding = finding.id;
    history.replaceState(null, "", hashOf(this.choice));
    const table = this.tableOf(finding);
    const terms = table === this.project ? this.table.point(finding) : this.showTable(table);
    this.detail.show(finding, terms);
    if (number >= 0) this.list.point(number);
    this.root.dispatchEvent(new CustomEvent("finding", { detail: finding }));
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (/^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
    const inList = event.target === this.list.element;
    const inProjects = event.target === this.projectList.element;
    const arrow = { ArrowDown: 1, ArrowUp: -1 }[event.key] ?? 0;
    const step = { j: 1, k: -1 }[event.key] ?? (inList ? arrow : 0);
    if (event.key === "/") this.search.focus();
    else if (step && this.list.rows.length) this.choose(this.list.next(step));
    else if (inProjects && arrow) {
      const number = this.projectList.next(arrow);
      this.chooseProject(number);
      this.projectList.point(number);
    } else return;
    event.preventDefault();
  }

  say(text) {
    this.status.textContent = text;
  }

  exportYaml() {
    const { data, remarks, words } = this;
    const marked = data.findings.filter((finding) => ["reasoned", "false"].includes(remarks.of(finding).state));
    const bare = marked.filter((finding) => !remarks.of(finding).remark).length;
    if (!marked.length) return this.say(words("need_state"));
    if (bare) return this.say(words("need_remark", { n: bare }));
    if (!remarks.person) return this.say(words("need_person"));
    const now = new Date();
    const two = (number) => String(number).padStart(2, "0");
    const date = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
    const text = exceptionsYaml(marked, data, remarks, remarks.person, date);
    download("perfgoals-exceptions.yaml", "application/yaml", text);
    return this.say(words("exported", { n: marked.length }));
  }

  exportCsv() {
    download("perfgoals.csv", "text/csv", statesCsv(this.data.findings, this.data, this.remarks, this.words));
    this.say(this.words("exported", { n: this.data.findings.length }));
  }
}
