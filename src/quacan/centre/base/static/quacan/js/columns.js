/* Which columns of a list are shown: chosen below the list, remembered in this browser for that list. */

const place = () => `quacan.columns.${location.pathname}`;

function remembered() {
  try {
    return new Set(JSON.parse(localStorage.getItem(place()) ?? "[]"));
  } catch {
    return new Set();
  }
}

function remember(hidden) {
  try {
    if (hidden.size) localStorage.setItem(place(), JSON.stringify([...hidden]));
    else localStorage.removeItem(place());
  } catch {
    /* a browser that keeps nothing still hides for now */
  }
}

function show(table, names, hidden) {
  for (const row of table.rows) {
    if (row.cells.length !== names.length) continue;
    [...row.cells].forEach((cell, i) => (cell.hidden = hidden.has(names[i])));
  }
}

function choice(name, hidden, changed) {
  const label = document.createElement("label");
  const box = document.createElement("input");
  label.className = "check";
  box.type = "checkbox";
  box.checked = !hidden.has(name);
  box.addEventListener("change", () => changed(name, box.checked));
  label.append(box, Object.assign(document.createElement("span"), { textContent: name }));
  return label;
}

function ready(chooser) {
  const table = chooser.closest(".pager").previousElementSibling?.querySelector("table");
  const heads = [...(table?.tHead?.rows[0]?.cells ?? [])];
  const names = heads.map((cell) => cell.textContent.trim().replace(/\s+/g, " "));
  if (names.length < 3 || new Set(names).size < names.length) return;
  const hidden = new Set([...remembered()].filter((name) => names.indexOf(name) > 0));
  const changed = (name, shown) => {
    if (shown) hidden.delete(name);
    else hidden.add(name);
    remember(hidden);
    show(table, names, hidden);
  };
  chooser.querySelector(".choices").replaceChildren(
    ...names.slice(1).filter(Boolean).map((name) => choice(name, hidden, changed)),
  );
  chooser.hidden = false;
  show(table, names, hidden);
}

const all = () => document.querySelectorAll("[data-columns]").forEach(ready);
all();
document.addEventListener("htmx:afterSwap", all);
