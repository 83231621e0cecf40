/* Photos and seals: sent without leaving the page; photos that cannot be sent stay here until they are. */

const words = () => document.getElementById("evidence-words").dataset;
const told = () => document.querySelector("[data-told]");
let held = null; // a form's content that waits for the net, with its key, so that a second sending does nothing twice

function say(sentence, again = false) {
  const box = told();
  box.replaceChildren();
  if (!sentence) return;
  const note = document.createElement("div");
  note.className = again ? "notice open" : "notice";
  note.append(Object.assign(document.createElement("div"), { textContent: sentence }));
  if (again) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "btn", textContent: words().again });
    button.addEventListener("click", () => held && send(held));
    note.append(button);
  }
  box.append(note);
}

async function send(parcel) {
  if (parcel.busy) return;
  parcel.busy = true;
  if (parcel.isPhoto) say(words().sending);
  let page = null;
  let status = 0;
  try {
    const response = await fetch(parcel.url, { method: "POST", body: parcel.body });
    status = response.status;
    if (status < 500 && !new URL(response.url).pathname.includes("dang-nhap")) {
      page = new DOMParser().parseFromString(await response.text(), "text/html");
    }
  } catch {
    /* the net is away: nothing is lost, see below */
  }
  parcel.busy = false;
  if (!page) {
    held = parcel;
    say(words().waiting, true);
    return;
  }
  held = null;
  put(page, status, parcel);
}

/* The server's page says how it stands now: its evidence takes the place of ours, a refusal is said beside it. */
function put(page, status, parcel) {
  const sentence = (page.querySelector("#sheet-refusal") ?? page.querySelector("main") ?? page.body).textContent.trim();
  if (status >= 400) {
    say("");
    const note = Object.assign(document.createElement("div"), { className: "notice fail", textContent: sentence });
    note.setAttribute("role", "alert");
    document.querySelectorAll("[data-evidence] .notice.fail").forEach((one) => one.remove());
    if (parcel.form?.isConnected) parcel.form.before(note);
    else told().append(note);
    const key = parcel.form?.querySelector("[name=key]");
    const fresh = page.querySelector(`form[action="${parcel.url}"] [name=key]`);
    if (key && fresh) key.value = fresh.value;
    return;
  }
  const now = document.getElementById("evidence");
  const next = page.getElementById("evidence");
  if (!now || !next) return location.reload();
  const focus = document.activeElement?.closest("[data-evidence] form")?.getAttribute("action");
  now.replaceWith(document.adoptNode(next));
  ready();
  document.querySelector(`[data-evidence] form[action="${focus}"] :is(select, input:not([type=hidden]))`)?.focus();
}

const parcelOf = (form) => ({
  form,
  url: form.getAttribute("action"),
  body: new FormData(form),
  isPhoto: form.matches("[data-shoots]"),
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || !form.matches("[data-shoots], [data-sends-alone]")) return;
  event.preventDefault();
  send(parcelOf(form));
});
document.addEventListener("change", (event) => {
  const field = event.target;
  if (field.matches("[data-shoots] [type=file]") && field.files.length) {
    send(parcelOf(field.form));
    field.value = "";
  }
  if (field.id === "seal-moment") showCondition();
});
window.addEventListener("online", () => held && send(held));
window.addEventListener("beforeunload", (event) => held && event.preventDefault());

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-lightbox]");
  const box = document.getElementById("lightbox");
  if (!link || !box || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  box.querySelector("[data-lightbox-title]").textContent = link.dataset.caption;
  const image = box.querySelector("[data-lightbox-image]");
  image.src = link.href;
  image.alt = link.dataset.caption;
  box.showModal();
});

function showCondition() {
  const moment = document.getElementById("seal-moment");
  if (!moment) return;
  const applied = moment.value === "applied";
  document.querySelector("[data-found-only]").hidden = applied;
  document.getElementById("seal-mark").required = applied;
}

function ready() {
  for (const button of document.querySelectorAll("[data-sends]")) button.hidden = true;
  showCondition();
}
ready();
