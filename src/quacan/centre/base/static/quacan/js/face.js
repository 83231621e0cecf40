/* The keyboard, the dialogs and a few manners. Everything works without it except the dialogs. */

const typing = (target) =>
  target.closest("input, textarea, select, [contenteditable], dialog") !== null;

const dialog = (id) => document.getElementById(id);

function open(id) {
  const box = dialog(id);
  if (!box || box.open) return;
  box.showModal();
  box.querySelector("input")?.select();
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) open(opener.dataset.opens);
  if (event.target.closest("[data-closes]")) event.target.closest("dialog").close();
  if (event.target instanceof HTMLDialogElement) event.target.close();
  for (const choice of document.querySelectorAll("[data-period] details[open]")) {
    if (!choice.contains(event.target)) choice.open = false;
  }
});

/* Rows of the main list: J and K walk, Enter opens. */
const rows = () => [...document.querySelectorAll("main a[data-row]")].filter((a) => a.offsetParent);

function walk(step) {
  const links = rows();
  if (!links.length) return;
  const now = links.findIndex((a) => a.closest("tr, li")?.classList.contains("current"));
  const next = Math.min(links.length - 1, Math.max(0, now < 0 ? (step > 0 ? 0 : links.length - 1) : now + step));
  links.forEach((a, i) => a.closest("tr, li")?.classList.toggle("current", i === next));
  links[next].focus({ preventScroll: true });
  links[next].scrollIntoView({ block: "nearest" });
}

/* Found records: arrows walk from the search box. */
function walkFound(box, step) {
  const links = [...box.querySelectorAll(".found a")];
  if (!links.length) return;
  const now = links.findIndex((a) => a.classList.contains("current"));
  const next = (now + step + links.length) % links.length;
  links.forEach((a, i) => a.classList.toggle("current", i === next));
  links[next].scrollIntoView({ block: "nearest" });
}

let waiting = "";

const keys = {
  "?": () => open("keys"),
  "/": () => document.querySelector("[data-filter]")?.focus(),
  j: () => walk(1),
  k: () => walk(-1),
  "[": () => document.querySelector('[data-page="before"]')?.click(),
  "]": () => document.querySelector('[data-page="after"]')?.click(),
  g: () => {
    waiting = "g";
    setTimeout(() => (waiting = ""), 900);
  },
};

document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
    event.preventDefault();
    open("search");
    return;
  }
  const search = event.target.closest?.("dialog.search");
  if (search && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    event.preventDefault();
    walkFound(search, event.key === "ArrowDown" ? 1 : -1);
    return;
  }
  if (search && event.key === "Escape") {
    event.preventDefault();
    search.close();
    return;
  }
  if (search && event.key === "Enter") {
    const chosen = search.querySelector(".found a.current");
    if (chosen) {
      event.preventDefault();
      chosen.click();
    }
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (waiting === "g" && event.key === "h") {
    location.assign("/");
    return;
  }
  const deed = keys[event.key];
  if (deed) {
    event.preventDefault();
    deed();
  }
});

/* A form is sent once; going back makes it ready again. */
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || !form.matches("[data-once]")) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "1";
  form.querySelectorAll('[type="submit"]').forEach((button) => button.setAttribute("aria-busy", "true"));
});
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach((form) => {
    delete form.dataset.sent;
    form.querySelectorAll("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
  });
});

/* Filters leave empty questions out of the address. */
document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-filters]")) return;
  for (const field of event.target.elements) {
    if (field.name && !field.value) field.disabled = true;
  }
});
document.addEventListener("change", (event) => {
  const form = event.target.closest("[data-filters]");
  if (form && event.target.matches("select, [type=checkbox], [type=date]")) form.requestSubmit();
});

/* A refusal that answers a partial request is shown where notices are, not where the rows were. */
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr } = event.detail;
  if (!/^\s*<div data-refusal/.test(xhr.responseText)) return;
  const box = event.detail.requestConfig.elt.closest("dialog")?.querySelector("[data-notices]");
  event.detail.target = box ?? document.getElementById("notices");
  event.detail.swapOverride = "innerHTML";
  event.detail.shouldSwap = true;
  event.detail.isError = false;
  event.detail.target.scrollIntoView({ block: "nearest" });
});
const progress = () => document.getElementById("progress");
let running = 0;
document.addEventListener("htmx:beforeRequest", () => {
  running += 1;
  setTimeout(() => running && progress()?.classList.add("on"), 250);
});
document.addEventListener("htmx:afterRequest", () => {
  running = Math.max(0, running - 1);
  if (!running) progress()?.classList.remove("on");
});

/* Days are typed 20/11/2026 whatever the language of the browser; the native field keeps the value and its calendar. */
const shown = (iso) => iso.split("-").reverse().join("/");

function read(text) {
  const parts = /^(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})$/.exec(text.trim());
  if (!parts) return "";
  const [, d, m, y] = parts;
  const iso = `${y}-${m.padStart(2, "0")}-${d.padStart(2, "0")}`;
  const day = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(day.valueOf()) && day.toISOString().startsWith(iso) ? iso : "";
}

function dayField(native) {
  const { dayWrong, dayPick, dayForm } = document.body.dataset;
  const box = document.createElement("span");
  box.className = "day-field";
  const typed = document.createElement("input");
  typed.type = "text";
  typed.inputMode = "numeric";
  typed.autocomplete = "off";
  typed.placeholder = dayForm ?? "";
  typed.maxLength = 10;
  for (const name of ["id", "aria-describedby", "aria-invalid", "aria-label", "autofocus", "required", "disabled"]) {
    if (native.hasAttribute(name)) typed.setAttribute(name, native.getAttribute(name));
  }
  typed.value = native.value ? shown(native.value) : "";
  native.removeAttribute("id");
  native.removeAttribute("required");
  native.removeAttribute("aria-describedby");
  native.tabIndex = -1;
  native.setAttribute("aria-label", dayPick ?? "");
  native.dataset.dayed = "";
  native.before(box);
  box.append(typed, native);
  const say = (bubbles) => native.dispatchEvent(new Event("change", { bubbles }));
  const check = () => {
    const iso = read(typed.value);
    typed.setCustomValidity(typed.value.trim() && !iso ? (dayWrong ?? "") : "");
    if (native.value !== iso) {
      native.value = iso;
      say(true);
    }
    return iso;
  };
  typed.addEventListener("input", () => {
    const digits = typed.value.replace(/\D/g, "");
    if (/^\d+$/.test(typed.value) && digits.length === 8) {
      typed.value = `${digits.slice(0, 2)}/${digits.slice(2, 4)}/${digits.slice(4)}`;
    }
    check();
  });
  typed.addEventListener("change", (event) => {
    event.stopPropagation();
    const iso = check();
    if (iso) typed.value = shown(iso);
  });
  native.addEventListener("change", () => {
    if (native.value && read(typed.value) !== native.value) typed.value = shown(native.value);
    typed.setCustomValidity("");
  });
}

function prepare(root) {
  root.querySelectorAll('input[type="date"]:not([data-dayed])').forEach(dayField);
  for (const here of root.querySelectorAll(".corridor .here")) {
    const strip = here.closest(".corridor");
    strip.scrollLeft = Math.max(0, here.offsetLeft - strip.clientWidth / 2 + here.offsetWidth / 2);
  }
}
prepare(document);
document.addEventListener("htmx:load", (event) => prepare(event.detail.elt.parentElement ?? document));

/* A figure opens in the drawer when it asks for it. */
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target.id === "drawer-content") open("drawer");
});
