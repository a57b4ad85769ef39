// Starts the page of a report: the packed data become the tables, and the plain list gives way.
import { App } from "./app.js";
import { canUnpack, unpack } from "./data.js";

async function start() {
  const plain = document.getElementById("plain");
  if (!canUnpack()) {
    document.getElementById("old").hidden = false; // the plain list stays
    return;
  }
  const data = await unpack(document.getElementById("data"));
  const root = document.getElementById("app");
  root.hidden = false;
  plain.hidden = true;
  globalThis.report = new App(data, root);
}

start();
