"use strict";

// Starts `perfgoals-lint lsp` and lets the editor talk to it. What is checked, and how, is the server's business.

const vscode = require("vscode");
const { LanguageClient, TransportKind } = require("vscode-languageclient/node");
const { WATCHED, documentSelector, notStarted, serverCommand } = require("./server");

let client;

async function start() {
  const settings = vscode.workspace.getConfiguration("perfgoals");
  if (!settings.get("enable", true)) {
    return;
  }
  const { command, args } = serverCommand(settings);
  const watchers = WATCHED.map((pattern) => vscode.workspace.createFileSystemWatcher(pattern));
  client = new LanguageClient(
    "perfgoals",
    "perfgoals-lint",
    { command, args, transport: TransportKind.stdio },
    { documentSelector: documentSelector(), synchronize: { fileEvents: watchers } },
  );
  try {
    await client.start();
  } catch (error) {
    client = undefined;
    vscode.window.showErrorMessage(notStarted(command, error, vscode.env.language));
  }
}

async function stop() {
  const running = client;
  client = undefined;
  await running?.stop();
}

async function activate(context) {
  const restart = async () => {
    await stop();
    await start();
  };
  context.subscriptions.push(
    vscode.commands.registerCommand("perfgoals.restart", restart),
    vscode.commands.registerCommand("perfgoals.fixAll", () =>
      vscode.commands.executeCommand("editor.action.codeAction", {
        kind: "source.fixAll.perfgoals-lint",
        apply: "first",
      }),
    ),
    vscode.workspace.onDidChangeConfiguration((event) =>
      event.affectsConfiguration("perfgoals") ? restart() : undefined,
    ),
  );
  await start();
}

module.exports = { activate, deactivate: stop };
