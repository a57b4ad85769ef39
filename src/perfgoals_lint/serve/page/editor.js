// The editor of one cell: what it says, what another text would mean, and saving it.
import { saidOf } from "./detail.js";
import { ask } from "./wire.js";

const PAUSE = 300;

/** `save` is called with a request that changes the files. */
export class Editor {
  constructor(words, save) {
    Object.assign(this, { words, save, place: null, finding: null, asked: 0 });
    const of = (name) => document.getElementById(name);
    this.form = of("editor");
    this.where = of("edit-where");
    this.text = of("edit-text");
    this.meaning = of("edit-meaning");
    this.advice = of("edit-advice");
    this.saveButton = of("edit-save");
    this.fixButton = of("edit-fix");
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      clearTimeout(this.timer);
      this.save({ do: "edit", grid: this.place[0], cell: this.place[1], old: this.old, new: this.text.value });
    });
    this.fixButton.addEventListener("click", () => this.save({ do: "fix", finding: this.finding.id, path: this.path }));
    of("edit-close").addEventListener("click", () => this.close());
    this.text.addEventListener("input", () => this.think());
    this.text.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.close();
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        this.form.requestSubmit();
      }
    });
  }

  close() {
    clearTimeout(this.timer); // nobody waits for the meaning any more, and the session may end
    this.form.hidden = true;
    this.place = null;
    this.asked++;
  }

  /** Open the cell of a grid; `finding` is what was found there, if anything, and `path` its file. */
  async open(place, finding, path) {
    const asked = ++this.asked;
    const said = await ask({ do: "about", grid: place[0], cell: place[1] });
    if (asked !== this.asked || !said) return;
    Object.assign(this, { place, finding, path, old: said.text ?? "" });
    this.form.hidden = false;
    this.where.textContent = [said.name, said.field].filter(Boolean).join(" › ");
    this.text.value = this.old;
    this.advice.textContent = finding ? saidOf(finding) : "";
    this.text.disabled = this.saveButton.disabled = Boolean(said.refused);
    this.fixButton.hidden = !finding?.fx;
    this.show(said.refused ?? null, said.meaning);
  }

  show(refused, meaning) {
    this.meaning.textContent = refused ?? (meaning ? this.words("meaning", { text: meaning }) : "");
  }

  think() {
    clearTimeout(this.timer);
    const [grid, cell] = this.place;
    const asked = this.asked;
    this.timer = setTimeout(async () => {
      const said = await ask({ do: "meaning", grid, cell, text: this.text.value });
      if (asked === this.asked && said) this.show(said.refused ?? null, said.meaning);
    }, PAUSE);
  }
}
