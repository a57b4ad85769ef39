// What was done about each finding: kept in this browser by the finding's fingerprint.

export const STATES = ["open", "done", "reasoned", "false"];
const PREFIX = "perfgoals-lint:";

/** States and remarks; `storage` gives where they are kept, `kept` tells whether the browser lets them be. */
export class Remarks {
  constructor(storage) {
    this.kept = true;
    this.known = new Map();
    try {
      this.storage = storage();
      for (let number = 0; number < this.storage.length; number++) {
        const key = this.storage.key(number);
        if (key.startsWith(PREFIX)) this.known.set(key.slice(PREFIX.length), this.parsed(this.storage.getItem(key)));
      }
    } catch {
      this.kept = false;
    }
  }

  parsed(text) {
    try {
      const { state, remark } = JSON.parse(text);
      return { state: STATES.includes(state) ? state : "open", remark: String(remark ?? "") };
    } catch {
      return { state: "open", remark: "" };
    }
  }

  of(finding) {
    return this.known.get(finding.id) ?? { state: "open", remark: "" };
  }

  set(finding, state, remark) {
    this.put(finding.id, { state, remark }, state !== "open" || remark !== "");
  }

  get person() {
    return this.known.get("person")?.remark ?? "";
  }

  set person(name) {
    this.put("person", { state: "open", remark: name }, name !== "");
  }

  put(key, value, worth) {
    if (worth) this.known.set(key, value);
    else this.known.delete(key);
    try {
      if (worth) this.storage.setItem(PREFIX + key, JSON.stringify(value));
      else this.storage.removeItem(PREFIX + key);
    } catch {
      this.kept = false;
    }
  }
}
