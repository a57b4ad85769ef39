"use strict";

// What the server is started with and which documents it is told of: all that needs no editor.

const LANGUAGES = ["plaintext", "csv", "tsv", "markdown", "yaml", "json", "html"];
const ENDINGS = "**/*.{txt,csv,tsv,md,yaml,yml,json,html,htm}";
const WATCHED = [
  "**/perfgoals.toml",
  "**/.perfgoals.toml",
  "**/pyproject.toml",
  "**/perfgoals-exceptions.yaml",
  "**/perfgoals-baseline.json",
];

/** The documents that the server is told of: files of these endings, and new ones of these languages. */
function documentSelector() {
  return [
    { scheme: "file", pattern: ENDINGS },
    ...LANGUAGES.map((language) => ({ scheme: "untitled", language })),
  ];
}

/**
 * Program and arguments of the server, from the settings. Nothing goes through a shell.
 * @param {{get: (name: string, otherwise: any) => any}} settings
 */
function serverCommand(settings) {
  const command = String(settings.get("command", "perfgoals-lint")).trim() || "perfgoals-lint";
  const more = settings.get("arguments", []);
  const language = settings.get("language", "auto");
  const args = ["lsp", ...(Array.isArray(more) ? more.map(String) : [])];
  if (language === "zh" || language === "en") {
    args.push("--lang", language);
  }
  return { command, args };
}

/**
 * What to tell somebody whose server did not start.
 * @param {string} command @param {unknown} error @param {string} locale the language of the editor
 */
function notStarted(command, error, locale) {
  const reason = error instanceof Error ? error.message : String(error);
  return locale.toLowerCase().startsWith("zh")
    ? `没有启动 ${command}：${reason}。请安装：pip install "perfgoals-lint[lsp]"，或在设置 perfgoals.command 中写明路径。`
    : `${command} was not started: ${reason}. Install it with pip install "perfgoals-lint[lsp]", or set perfgoals.command.`;
}

module.exports = { documentSelector, serverCommand, notStarted, WATCHED, LANGUAGES };
