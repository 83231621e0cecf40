/* The worksheet while somebody types: sends cells, puts what they come to beside them. */

import { showAgain } from "./charts.js";
import { makeGrid } from "./grid.js";
import { Outbox } from "./saving.js";

const form = document.getElementById("grid");
const bench = document.getElementById("bench");
const words = document.getElementById("words").dataset;
const saved = document.getElementById("saved");
const unsent = document.getElementById("unsent");
const refusal = document.getElementById("sheet-refusal");
const TONES = { pass: ["pass", "check"], fail: ["fail", "x"], undetermined: ["open", "circle-dashed"] };

const fieldOf = (name) => form.elements.namedItem(name);

function badge(verdict, text = "") {
  const [tone, sign] = TONES[verdict];
  const box = document.createElement("span");
  box.className = `verdict ${tone}`;
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `${words.icons}#${sign}`);
  svg.append(use);
  box.append(svg, text || words[verdict]);
  return box;
}

function putRow(line, row) {
  line.classList.toggle("over", row.over || row.verdict === "fail");
  for (const [key, [text, tone]] of Object.entries(row.values)) {
    const place = line.querySelector(`[data-value="${CSS.escape(key)}"]`);
    if (!place) continue;
    place.textContent = text || (place.tagName === "B" ? "—" : "");
    place.classList.toggle("fail", tone === "fail");
  }
  const limit = line.querySelector("[data-limit]");
  if (limit) limit.textContent = row.limit;
  const margin = line.querySelector("[data-margin]");
  if (margin) margin.textContent = row.margin;
  const why = line.querySelector("[data-why]");
  if (why) why.textContent = row.why;
  const verdict = line.querySelector("[data-verdict]");
  const undecided = !row.verdict || row.verdict === "undetermined";
  if (verdict && !(undecided && verdict.querySelector(".open"))) {
    verdict.replaceChildren(...(undecided ? [] : [badge(row.verdict)]));
  }
}

function putMarks(marks) {
  for (const field of bench.querySelectorAll("[data-cell]")) {
    const [problem, revisions, isWarning] = marks[field.dataset.cell] ?? ["", 0, false];
    field.toggleAttribute("data-warned", isWarning);
    if (problem && !isWarning) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
    field.title = problem;
    const link = field.parentElement.querySelector("[data-revised]");
    if (!link) continue;
    link.hidden = revisions < 2;
    link.textContent = revisions;
  }
}

function putParts(parts) {
  for (const [name, html] of Object.entries(parts)) {
    const place = document.querySelector(`[data-part="${name}"]`);
    if (!place || place.contains(document.activeElement) || place.querySelector("details.action-reason[open]")) continue;
    place.innerHTML = html;
    window.htmx?.process(place);
  }
  showAgain();
}

function answered(answer, still) {
  for (const line of bench.querySelectorAll("[data-row-key]")) {
    const row = answer.rows[line.dataset.rowKey];
    if (row) putRow(line, row);
  }
  putMarks(answer.marks);
  for (const [key, sentence] of Object.entries(answer.conditions)) {
    const place = bench.querySelector(`[data-why="${CSS.escape(key)}"]`);
    if (place) place.textContent = sentence;
  }
  for (const [name, [short, origin]] of Object.entries(answer.origins)) {
    const place = bench.querySelector(`[data-origin="${CSS.escape(name)}"]`);
    if (place) [place.textContent, place.title] = [short, origin];
  }
  for (const [key, [verdict, missing]] of Object.entries(answer.steps)) {
    const place = bench.querySelector(`[data-state="${CSS.escape(key)}"]`);
    if (missing && verdict !== "fail") place?.replaceChildren(badge("undetermined", missing));
    else place?.replaceChildren(...(verdict ? [badge(verdict)] : []));
  }
  putParts(answer.parts);
  for (const field of bench.querySelectorAll("[data-pending]")) {
    if (!still.includes(field.name)) delete field.dataset.pending;
  }
}

function told({ state, sentence, number }) {
  const waiting = number > 0 && ["offline", "signed-out", "refused"].includes(state);
  unsent.hidden = number === 0;
  unsent.classList.toggle("bad", waiting);
  unsent.textContent = `${number} ${words.unsent}`;
  if (state === "saved") saved.textContent = `${words.saved} ${sentence}`;
  if (state === "saving") saved.textContent = words.saving;
  if (state === "offline") saved.textContent = words.offline;
  if (state === "signed-out") saved.textContent = words.signedOut;
  if (state === "refused") {
    saved.textContent = words.refused;
    say(sentence, "fail");
  } else if (state === "saved" && number === 0) {
    refusal.querySelector(".notice.fail")?.remove();
  }
}

function say(sentence, tone) {
  const box = document.createElement("div");
  box.className = `notice ${tone}`;
  box.setAttribute("role", "alert");
  const inner = document.createElement("div");
  inner.textContent = sentence;
  box.append(inner);
  refusal.replaceChildren(box);
}

form.addEventListener("submit", (event) => event.preventDefault());

const outbox = new Outbox({ url: form.action, key: form.dataset.key, told, answered });

const grid = makeGrid(bench, {
  typed: (field, how) => {
    field.dataset.pending = "1";
    outbox.put(field.name, field.value, how);
  },
  left: () => outbox.soon(),
  note: (number) => say(`${number} ${words.outside}`, "open"),
  history: (field) => {
    if (!field.dataset.cell) return;
    window.htmx?.ajax("GET", `${words.history}?o=${encodeURIComponent(field.dataset.cell)}`, "#drawer-content");
  },
});

/* What an earlier visit could not send comes back first. */
const left = outbox.left().filter(([name]) => fieldOf(name));
for (const [name, text] of left) {
  fieldOf(name).value = text;
  fieldOf(name).dataset.pending = "1";
  outbox.put(name, text);
}
if (left.length) say(words.kept, "info");

for (const choice of document.querySelectorAll("form[data-chooses] select")) {
  choice.form.querySelector("button").hidden = true;
  choice.addEventListener("change", () => choice.value && choice.form.requestSubmit());
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-first-missing]") && grid.missing()) event.preventDefault();
});

/* A deed waits until everything typed was sent. */
document.addEventListener(
  "submit",
  (event) => {
    if (event.target === form || !outbox.waiting.size || event.target.method !== "post") return;
    event.preventDefault();
    event.stopPropagation();
    const target = event.target;
    outbox.drain().then((sent) => sent && target.requestSubmit());
  },
  true,
);

if (matchMedia("(hover: hover)").matches && !location.hash) grid.first();
