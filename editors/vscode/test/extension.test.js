"use strict";

// The extension with a stand-in for the editor, and the command that it makes with the server itself.

const assert = require("node:assert/strict");
const { spawn } = require("node:child_process");
const Module = require("node:module");
const { test } = require("node:test");

function editor(settings, fails = false) {
  const seen = { clients: [], errors: [], commands: {}, watched: [], changed: undefined };
  const vscode = {
    env: { language: "zh-cn" },
    window: { showErrorMessage: (text) => seen.errors.push(text) },
    commands: {
      registerCommand: (name, action) => ((seen.commands[name] = action), { dispose() {} }),
      executeCommand: async (...call) => (seen.executed = call),
    },
    workspace: {
      getConfiguration: () => ({ get: (name, otherwise) => settings[name] ?? otherwise }),
      createFileSystemWatcher: (pattern) => (seen.watched.push(pattern), { pattern }),
      onDidChangeConfiguration: (listener) => ((seen.changed = listener), { dispose() {} }),
    },
  };
  class LanguageClient {
    constructor(id, name, server, options) {
      Object.assign(this, { id, name, server, options, running: false });
      seen.clients.push(this);
    }
    async start() {
      if (fails) throw new Error("spawn ENOENT");
      this.running = true;
    }
    async stop() {
      this.running = false;
    }
  }
  const client = { LanguageClient, TransportKind: { stdio: 0 } };
  const load = Module._load;
  Module._load = (name, ...more) =>
    name === "vscode" ? vscode : name === "vscode-languageclient/node" ? client : load(name, ...more);
  try {
    for (const path of Object.keys(require.cache)) if (path.includes("/src/")) delete require.cache[path];
    return { seen, extension: require("../src/extension") };
  } finally {
    Module._load = load;
  }
}

test("it starts the server, and again when its settings change", async () => {
  const settings = { language: "en", arguments: ["--config", "a b.toml"] };
  const { seen, extension } = editor(settings);
  const context = { subscriptions: [] };
  await extension.activate(context);
  const [client] = seen.clients;
  assert.deepEqual(client.server.args, ["lsp", "--config", "a b.toml", "--lang", "en"]);
  assert.equal(client.server.command, "perfgoals-lint");
  assert.ok(client.running);
  assert.ok(seen.watched.includes("**/perfgoals.toml"));
  assert.ok(client.options.documentSelector.some((one) => one.scheme === "untitled" && one.language === "csv"));
  await seen.changed({ affectsConfiguration: () => false });
  assert.equal(seen.clients.length, 1);
  await seen.changed({ affectsConfiguration: (name) => name === "perfgoals" });
  assert.equal(seen.clients.length, 2);
  assert.deepEqual(seen.clients.map((one) => one.running), [false, true]);
  await seen.commands["perfgoals.fixAll"]();
  assert.equal(seen.executed[1].kind, "source.fixAll.perfgoals-lint");
  await extension.deactivate();
  assert.equal(seen.clients[1].running, false);
});

test("it starts nothing when it is switched off", async () => {
  const { seen, extension } = editor({ enable: false });
  await extension.activate({ subscriptions: [] });
  assert.equal(seen.clients.length, 0);
});

test("it says what to do when there is no server", async () => {
  const { seen, extension } = editor({ command: "没有的程序" }, true);
  await extension.activate({ subscriptions: [] });
  assert.match(seen.errors[0], /没有的程序.*pip install/u);
  await extension.deactivate();
});

test("every setting and command is explained in both languages", () => {
  const manifest = require("../package.json");
  const used = JSON.stringify(manifest).match(/%[\w.]+%/gu).map((key) => key.slice(1, -1));
  for (const texts of [require("../package.nls.json"), require("../package.nls.zh-cn.json")]) {
    assert.deepEqual(Object.keys(texts).sort(), [...used].sort());
  }
});

test("the server answers to the command that is made", { skip: !process.env.PERFGOALS_COMMAND }, async () => {
  const { serverCommand } = require("../src/server");
  const settings = { command: process.env.PERFGOALS_COMMAND, language: "en" };
  const { command, args } = serverCommand({ get: (name, otherwise) => settings[name] ?? otherwise });
  const server = spawn(command, args);
  const request = { jsonrpc: "2.0", id: 1, method: "initialize", params: { processId: null, rootUri: null, capabilities: {} } };
  const body = Buffer.from(JSON.stringify(request));
  server.stdin.write(`Content-Length: ${body.length}\r\n\r\n`);
  server.stdin.write(body);
  const answer = await new Promise((resolve, reject) => {
    server.stdout.once("data", (data) => resolve(data.toString()));
    server.once("exit", (code) => reject(new Error(`exit ${code}`)));
  });
  server.removeAllListeners("exit");
  server.kill();
  assert.match(answer, /diagnosticProvider/u);
});
