// Talking to the program on this machine.

/** Post something to the program; throws when it does not answer. */
function post(path, body, type) {
  return fetch(path, { method: "POST", body, headers: { "content-type": type }, credentials: "same-origin" });
}

/** A request that is answered at once, as data. */
export async function tell(path) {
  return (await post(path, "", "application/json")).json();
}

/** Hand over one file; gives why it was refused, or null. */
export async function put(name, file) {
  const answer = await post(`/files?name=${encodeURIComponent(name)}`, file, "application/octet-stream");
  return (await answer.json()).refused ?? null;
}

/** Ask for something that takes a while: `told` is given how far it has come; gives the answer. */
export async function ask(request, told) {
  const response = await post("/do", JSON.stringify(request), "application/json");
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  let answer = null;
  const read = (line) => {
    const message = JSON.parse(line);
    if (message.refused) answer = message;
    else if (message.answer) answer = message.answer;
    else told?.(message.done, message.total);
  };
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    const lines = (text + piece.value).split("\n");
    text = lines.pop();
    lines.forEach(read);
  }
  if (text) read(text);
  return answer;
}

/** Ask for a file; gives `{ name, blob }`, or `{ refused }`. */
export async function fetched(kind, path) {
  const response = await post("/do", JSON.stringify({ do: "make", kind, path }), "application/json");
  if (!response.ok) return response.json();
  const said = response.headers.get("content-disposition") ?? "";
  return { name: decodeURIComponent(said.split("''")[1] ?? "file"), blob: await response.blob() };
}
