// The local page: files come in, the report's own views show them, and a bar below changes a cell.
import { App } from "./app.js";
import { prepared } from "./data.js";
import { make, wordsOf } from "./dom.js";
import { Editor } from "./editor.js";
import { chosenFiles, droppedFiles } from "./drops.js";
import { ask, fetched, put, tell } from "./wire.js";
import { WORDS } from "./words.js";

const AT_ONCE = 4;
const STILL_HERE = 30000;
const of = (name) => document.getElementById(name);

class Desk {
  constructor() {
    this.words = wordsOf(Object.fromEntries(Object.entries(WORDS).map(([key, text]) => [`page.${key}`, text])));
    this.app = null;
    this.unsaved = false;
    this.editor = new Editor(this.words, (request) => this.change(request));
    this.root = of("app");
    this.connectFiles();
    this.connectTools();
    this.root.addEventListener("finding", (event) => this.follow(event.detail));
    this.root.addEventListener("click", (event) => this.pick(event));
    addEventListener("beforeunload", (event) => {
      if (this.unsaved) event.preventDefault();
    });
    this.timer = setInterval(() => tell("/here").catch(() => this.lost()), STILL_HERE);
    document.body.classList.add("empty");
  }

  /** Show what the session holds already: the page may have been loaded again. */
  async start() {
    const { files } = await tell("/here");
    if (files) await this.busy(() => this.check());
  }

  connectFiles() {
    const welcome = of("welcome");
    for (const name of ["files", "folder"]) {
      of(`choose-${name}`).addEventListener("click", () => of(name).click());
      of(name).addEventListener("change", () => {
        const chosen = chosenFiles(of(name));
        of(name).value = "";
        this.take(chosen);
      });
    }
    const over = (event) => {
      event.preventDefault();
      welcome.classList.toggle("over", event.type === "dragover");
    };
    for (const kind of ["dragover", "dragleave"]) document.addEventListener(kind, over);
    document.addEventListener("drop", async (event) => {
      over(event);
      this.take(await droppedFiles(event.dataTransfer));
    });
  }

  connectTools() {
    of("fix").addEventListener("click", () => this.change({ do: "fix", path: null }));
    of("undo").addEventListener("click", () => this.change({ do: "undo" }));
    for (const button of document.querySelectorAll("[data-make]")) {
      button.addEventListener("click", () => this.busy(() => this.make(button.dataset.make)));
    }
    of("clear").addEventListener("click", () => confirm(this.words("sure")) && this.busy(() => this.clear()));
    of("end").addEventListener("click", () => (this.unsaved ? confirm(this.words("sure")) : true) && this.end());
  }

  /** Do something that takes a while; nothing else is begun meanwhile. */
  async busy(work) {
    if (this.working) return;
    this.working = true;
    const buttons = [...document.querySelectorAll("#welcome button, #tools button, #editor button, #end")];
    const open = buttons.filter((button) => !button.disabled);
    for (const button of open) button.disabled = true;
    try {
      await work();
    } catch {
      this.lost();
    } finally {
      this.working = false;
      for (const button of open) button.disabled = false;
      this.tools();
      of("progress").hidden = true;
    }
  }

  told(key, done, total) {
    const bar = of("progress");
    bar.hidden = false;
    if (total) Object.assign(bar, { max: total, value: done });
    this.say(this.words(key, { done, total }));
  }

  say(text, kind = "") {
    Object.assign(of("status"), { textContent: text, className: kind });
  }

  lost() {
    this.say(this.words("lost"), "lost");
  }

  /** Take in files and check them all. */
  take(files) {
    if (!files.length) return;
    this.busy(async () => {
      const problems = [];
      let done = 0;
      const next = files.values();
      const some = async () => {
        for (const [name, file] of next) {
          this.told("sending", ++done, files.length);
          const refused = await put(name, file).catch(() => this.words("lost"));
          if (refused) problems.push(this.words("refused", { name, reason: refused }));
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, some));
      of("problems").hidden = !problems.length;
      of("problems").replaceChildren(...problems.map((text) => make("li", {}, text)));
      await this.check();
    });
  }

  async check() {
    this.told("checking", 0, 0);
    const said = await ask({ do: "check" }, (done, total) => this.told("checking", done, total));
    if (said.refused) return this.say(said.refused);
    this.show(said.data);
    return this.say(said.data.files.length ? this.words("checked", { n: said.data.findings.length }) : this.words("nothing"));
  }

  show(data) {
    prepared(data);
    this.editor.close();
    this.data = data;
    const some = data.files.length > 0;
    document.body.classList.toggle("empty", !some);
    of("welcome").setAttribute("role", some ? "region" : "main"); // the views of the report have a main part
    this.root.hidden = of("tools").hidden = !some;
    if (some && this.app) this.app.renew(data);
    else if (some) this.app = globalThis.report = new App(data, this.root, () => sessionStorage);
    const select = of("for");
    const asked = select.value;
    const options = data.files.map((path) => make("option", { value: path }, path));
    select.replaceChildren(make("option", { value: "" }, this.words("whole")), ...options);
    select.value = data.files.includes(asked) ? asked : "";
    this.tools();
  }

  tools() {
    if (!this.data) return;
    of("fix").textContent = this.words("fix", { n: this.data.fixes });
    of("fix").disabled = !this.data.fixes;
    of("undo").disabled = !this.data.undo;
  }

  follow(finding) {
    if (finding.x) this.edit(finding.x, finding);
    else this.editor.close();
  }

  pick(event) {
    const cell = event.target.closest?.("[data-cell]");
    if (!cell || cell.classList.contains("marked")) return; // a marked one is told by its finding
    this.edit(cell.dataset.cell.split(",").map(Number), null);
  }

  edit(place, finding) {
    this.root.querySelector(".chosen")?.classList.remove("chosen");
    this.app?.table.shown.get(place.join())?.classList.add("chosen");
    if (!this.working) this.editor.open(place, finding, finding && this.data.files[finding.f]).catch(() => this.lost());
  }

  change(request) {
    this.busy(async () => {
      this.told("working", 0, 0);
      const said = await ask(request, (done, total) => this.told("checking", done, total));
      if (said.refused) return this.say(said.refused);
      this.unsaved = this.unsaved || said.data.undo > 0;
      this.show(said.data);
      const counts = { gone: said.gone.length, come: said.new.length, applied: said.applied, left: said.left };
      this.say(this.words({ fix: "fixed", undo: "undone" }[request.do] ?? "gone", counts));
      return this.changes(said);
    });
  }

  changes({ gone, new: come }) {
    const box = of("changes");
    box.hidden = !gone.length && !come.length;
    const list = (key, texts) =>
      texts.length ? [make("h2", {}, this.words(key)), make("ul", {}, ...texts.map((text) => make("li", {}, text)))] : [];
    box.querySelector("div").replaceChildren(...list("gone_list", gone), ...list("new_list", come));
  }

  async make(kind) {
    this.told("working", 0, 0);
    const only = this.data.files.length === 1 ? this.data.files[0] : null;
    const made = await fetched(kind, of("for").value || only);
    if (made.refused) return this.say(made.refused);
    const address = URL.createObjectURL(made.blob);
    const link = make("a", { href: address, download: made.name });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
    if (kind === "corrected") this.unsaved = false;
    return this.say(this.words("made", { name: made.name }));
  }

  async clear() {
    await tell("/clear");
    this.unsaved = false;
    of("problems").hidden = of("changes").hidden = true;
    this.show({ files: [], findings: [], rules: {}, fixes: 0, undo: 0 });
    this.say("");
  }

  async end() {
    clearInterval(this.timer);
    this.unsaved = false;
    sessionStorage.clear();
    this.editor.close();
    await tell("/end").catch(() => null);
    this.root.hidden = of("tools").hidden = of("welcome").hidden = of("end").hidden = true;
    this.root.replaceChildren();
    of("changes").hidden = of("problems").hidden = true;
    this.say(this.words("ended"));
  }
}

globalThis.desk = new Desk();
globalThis.desk.start().catch(() => globalThis.desk.lost());
