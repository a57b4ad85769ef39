// Files from what was dropped or chosen, with their paths inside the folders that were.

/** The files that a person chose, as `[path, file]`. */
export function chosenFiles(input) {
  return [...input.files].map((file) => [file.webkitRelativePath || file.name, file]);
}

/** The files of a drop, those in folders too, as `[path, file]`. */
export async function droppedFiles(transfer) {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (!entries.length) return [...transfer.files].map((file) => [file.name, file]);
  const found = [];
  for (const entry of entries) await walk(entry, found);
  return found;
}

async function walk(entry, found) {
  if (entry.isFile) {
    const file = await new Promise((done, failed) => entry.file(done, failed));
    found.push([entry.fullPath.replace(/^\//, ""), file]);
    return;
  }
  const reader = entry.createReader();
  for (;;) {
    const some = await new Promise((done, failed) => reader.readEntries(done, failed)); // a hundred at most at a time
    if (!some.length) return;
    for (const one of some) await walk(one, found);
  }
}
