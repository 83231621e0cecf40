/* Signing row by row: each signature is a request of its own with its own key, so nothing is lost and nothing is done
   twice. Without this file the same form signs all chosen rows in one request. */

const form = document.querySelector("form[data-sign]");

const chosen = () => [...form.querySelectorAll('input[name="sheet"]:checked:not(:disabled)')];

function tell() {
  const all = form.querySelector("[data-choose-all]");
  const open = form.querySelectorAll('input[name="sheet"]:not(:disabled)').length;
  const now = chosen().length;
  all.checked = open > 0 && now === open;
  all.indeterminate = now > 0 && now < open;
  all.disabled = open === 0;
  const place = form.querySelector("[data-chosen]");
  if (place) place.textContent = now ? `(${now})` : "";
}

class Stopped extends Error {}

/* The row keeps its key: sending it again never signs twice. */
function unsent(row) {
  row.classList.remove("current");
  row.querySelector("[data-unsent]")?.remove();
  const note = document.createElement("div");
  note.className = "why-row fail-text";
  note.dataset.unsent = "1";
  note.setAttribute("role", "alert");
  note.textContent = form.dataset.unsent;
  row.cells[1].append(note);
}

async function signRow(row) {
  const pk = row.dataset.sheet;
  const body = new URLSearchParams({ [`key-${pk}`]: form.elements[`key-${pk}`].value });
  const answer = await fetch(`${form.action}${pk}/`, {
    method: "POST",
    body,
    headers: { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value, "X-Row": "1" },
  });
  const text = await answer.text();
  if (answer.status === 403 || answer.redirected) throw new Stopped(); // the signing session or the sign-in ended
  if (!text.trimStart().startsWith("<tr")) throw new Error(answer.statusText);
  const table = document.createElement("tbody");
  table.innerHTML = text;
  row.replaceWith(table.firstElementChild);
  return answer.ok;
}

async function signAll(rows) {
  const box = form.querySelector("[data-progress]");
  const bar = box.querySelector("progress");
  box.hidden = false;
  bar.max = rows.length;
  form.setAttribute("aria-busy", "true");
  let signed = 0;
  for (const [at, row] of rows.entries()) {
    row.classList.add("current");
    try {
      if (await signRow(row)) signed += 1;
    } catch (problem) {
      if (problem instanceof Stopped) return location.reload();
      unsent(row);
    }
    bar.value = at + 1;
    box.querySelector("[data-count]").textContent = `${at + 1} / ${rows.length} · ✓ ${signed}`;
  }
  form.removeAttribute("aria-busy");
  tell();
}

if (form) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (form.getAttribute("aria-busy")) return;
    const one = event.submitter?.closest("[data-sign-one]");
    const rows = one ? [one.closest("tr")] : chosen().map((box) => box.closest("tr"));
    if (rows.length) signAll(rows);
  });
  form.addEventListener("change", (event) => {
    if (event.target.matches("[data-choose-all]")) {
      for (const box of form.querySelectorAll('input[name="sheet"]:not(:disabled)')) box.checked = event.target.checked;
    }
    tell();
  });
  tell();
}
