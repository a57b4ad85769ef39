// The index of a report in a folder: files are found by name, and those without findings can be left out.
const search = document.getElementById("search");
const only = document.getElementById("only");
const items = [...document.querySelectorAll("li[data-n]")].map((item) => [item, item.textContent.toLowerCase()]);
const count = document.getElementById("count");

function filter() {
  const asked = search.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const [item, text] of items) {
    item.hidden = (only.checked && item.dataset.n === "0") || !asked.every((word) => text.includes(word));
    shown += !item.hidden;
  }
  count.textContent = String(shown);
}

document.getElementById("filters").hidden = false;
search.addEventListener("input", filter);
only.addEventListener("change", filter);
filter();
