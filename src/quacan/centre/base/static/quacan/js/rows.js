/* Tables of inputs: add and remove rows, walk with the keyboard, paste from a spreadsheet, choose all. */

const body = (table) => table.tBodies[0];

function fresh(table) {
  const model = document.getElementById(table.dataset.rows);
  const row = model.content.firstElementChild.cloneNode(true);
  body(table).append(row);
  changed(table);
  return row;
}

function changed(table) {
  [...body(table).rows].forEach((row, i) => {
    const place = row.querySelector("[data-ordinal]");
    if (place) place.textContent = i + 1;
  });
  table.dispatchEvent(new CustomEvent("rows:changed", { bubbles: true }));
}

const inputs = (row) => [...row.querySelectorAll("input:not([type=hidden]), select")];

document.addEventListener("click", (event) => {
  const add = event.target.closest("[data-add-row]");
  if (add) {
    event.preventDefault();
    inputs(fresh(document.getElementById(add.dataset.addRow)))[0]?.focus();
    return;
  }
  const remove = event.target.closest("[data-remove-row]");
  if (!remove) return;
  event.preventDefault();
  const row = remove.closest("tr");
  const table = row.closest("table");
  const near = row.nextElementSibling ?? row.previousElementSibling;
  row.remove();
  if (!body(table).rows.length) fresh(table);
  (near ? inputs(near)[0] : inputs(body(table).rows[0])[0])?.focus();
  changed(table);
});

/* Enter and the arrows walk down a column; Enter in the last row makes another. */
document.addEventListener("keydown", (event) => {
  const cell = event.target.closest?.("table[data-rows] input");
  if (!cell || event.ctrlKey || event.altKey || event.metaKey) return;
  const down = event.key === "Enter" || event.key === "ArrowDown";
  if (!down && event.key !== "ArrowUp") return;
  event.preventDefault();
  const row = cell.closest("tr");
  const at = inputs(row).indexOf(cell);
  let next = down ? row.nextElementSibling : row.previousElementSibling;
  if (!next && event.key === "Enter") next = fresh(row.closest("table"));
  if (!next) return;
  const target = inputs(next)[at];
  target?.focus();
  target?.select?.();
});

/* A block of cells pasted from a spreadsheet fills rows from here on. */
document.addEventListener("paste", (event) => {
  const cell = event.target.closest?.("table[data-rows] input");
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if (!cell || !/[\t\n]/.test(text.trim())) return;
  event.preventDefault();
  let row = cell.closest("tr");
  const table = row.closest("table");
  const at = inputs(row).indexOf(cell);
  const lines = text.replace(/\r/g, "").replace(/\n+$/, "").split("\n");
  lines.forEach((line, i) => {
    if (i) row = row.nextElementSibling ?? fresh(table);
    line.split("\t").forEach((value, j) => put(inputs(row)[at + j], value.trim()));
  });
  changed(table);
});

function put(input, value) {
  if (!input) return;
  if (input.tagName === "SELECT") {
    const plain = value.toLocaleLowerCase("vi");
    const option = [...input.options].find((o) => o.value === value || o.text.toLocaleLowerCase("vi") === plain);
    if (option) input.value = option.value;
  } else {
    input.value = value;
  }
}

/* Money: what a line comes to, and what all lines come to. */
const whole = (text) => {
  const digits = (text ?? "").replace(/[\s.,\u00a0\u202f]/g, "");
  return /^\d+$/.test(digits) ? BigInt(digits) : null;
};
const grouped = (n) => n.toString().replace(/\B(?=(\d{3})+$)/g, ".");

function sums(table) {
  if (!table?.matches("[data-sums]")) return;
  let total = 0n;
  for (const row of body(table).rows) {
    const [count, price] = ["quantity", "unit_price"].map((n) => whole(row.querySelector(`[name=${n}]`)?.value));
    const place = row.querySelector("[data-sum]");
    const sum = count !== null && price !== null ? count * price : null;
    if (place) place.textContent = sum === null ? "—" : grouped(sum);
    total += sum ?? 0n;
  }
  const place = table.querySelector("[data-total]");
  if (place) place.textContent = grouped(total);
}

document.addEventListener("input", (event) => sums(event.target.closest?.("table[data-rows]")));
document.addEventListener("rows:changed", (event) => sums(event.target));
document.querySelectorAll("table[data-sums]").forEach(sums);

/* Choose all, and count what is chosen against what may be. */
function count(group) {
  const boxes = [...group.querySelectorAll("[data-choose]")];
  const chosen = boxes.filter((box) => box.checked).length;
  const all = group.querySelector("[data-choose-all]");
  if (all) {
    all.checked = chosen > 0 && chosen === boxes.length;
    all.indeterminate = chosen > 0 && chosen < boxes.length;
  }
  const place = group.querySelector("[data-chosen]");
  if (!place) return;
  place.textContent = chosen;
  place.closest("[data-most]")?.classList.toggle("fail", chosen > Number(place.closest("[data-most]").dataset.most));
}

document.addEventListener("change", (event) => {
  const group = event.target.closest?.("[data-choices]");
  if (!group) return;
  if (event.target.matches("[data-choose-all]")) {
    for (const box of group.querySelectorAll("[data-choose]")) {
      if (!box.closest("tr")?.hidden) box.checked = event.target.checked;
    }
  }
  count(group);
});
document.addEventListener("htmx:afterSwap", (event) => {
  const group = event.detail.target.closest?.("[data-choices]");
  if (group) count(group);
});
document.addEventListener("htmx:afterRequest", (event) => {
  const box = event.target.closest?.("[data-new]");
  if (!box || !event.detail.successful) return;
  box.querySelectorAll("input").forEach((input) => (input.value = ""));
  box.querySelector("input")?.focus();
});
document.querySelectorAll("[data-choices]").forEach(count);

/* Narrow a table that is on the page by what is typed, without marks. */
const plain = (text) =>
  text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/g, "d");

document.addEventListener("input", (event) => {
  if (!event.target.matches?.("[data-narrows]")) return;
  const words = plain(event.target.value).split(/\s+/).filter(Boolean);
  for (const row of document.getElementById(event.target.dataset.narrows).rows) {
    const text = plain(row.textContent);
    row.hidden = !words.every((word) => text.includes(word));
  }
});
