// Making elements. Text from documents becomes text, never markup.

export const SYMBOLS = { error: "●", warning: "▲", info: "■" };
export const SEVERITIES = ["error", "warning", "info"];

/** An element with attributes, properties (className, hidden …), listeners (onclick …) and children. */
export function make(name, given = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(given)) {
    if (value === null || value === undefined) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key in element && typeof value !== "string") element[key] = value;
    else if (key === "className" || key === "value") element[key] = value;
    else element.setAttribute(key, value);
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** The symbol of a severity; its name stands beside it for those who do not see it. */
export function symbol(severity) {
  return make("span", { className: `symbol ${severity}`, "aria-hidden": "true" }, SYMBOLS[severity]);
}

/** Looks up wording by id and fills in its names; `one|many` is chosen by `n`. */
export function wordsOf(messages) {
  return (key, given = {}) => {
    let text = messages[`page.${key}`];
    if ("n" in given && text.includes("|")) text = text.split("|")[given.n === 1 ? 0 : 1];
    return text.replace(/\{(\w+)\}/g, (whole, name) => (name in given ? String(given[name]) : whole));
  };
}
