/* What was typed and not yet kept: sent in batches, kept in this browser while the net is away, never lost silently. */

const WAIT = 120; // after a cell is left, chosen or pasted
const THINKING = 900; // while somebody is still in a cell: half a number should not become a revision
const LONGEST = 30000;

const cookie = (name) => document.cookie.split("; ").find((one) => one.startsWith(`${name}=`))?.slice(name.length + 1) ?? "";

export class Outbox {
  /* `told({state, sentence, number})` hears how it stands; `answered(answer)` gets what the server says. */
  constructor({ url, key, told, answered }) {
    Object.assign(this, { url, key, told, answered, waiting: new Map(), timer: 0, sending: null, failures: 0, stopped: false });
    window.addEventListener("online", () => this.flush());
    document.addEventListener("visibilitychange", () => this.flush());
    window.addEventListener("beforeunload", (event) => {
      if (this.waiting.size) event.preventDefault();
    });
  }

  left() {
    try {
      return Object.entries(JSON.parse(localStorage.getItem(this.key) ?? "{}"));
    } catch {
      return [];
    }
  }

  put(name, text, { typing = false } = {}) {
    this.waiting.set(name, text);
    this.stopped = false;
    this.keep();
    this.tell("typing");
    const wait = typing ? THINKING : WAIT;
    this.later(this.failures ? Math.min(LONGEST, wait * 2 ** this.failures) : wait);
  }

  /* A cell was left: what waits goes now. */
  soon() {
    if (this.waiting.size && !this.failures && !this.stopped) this.later(WAIT);
  }

  keep() {
    try {
      if (this.waiting.size) localStorage.setItem(this.key, JSON.stringify(Object.fromEntries(this.waiting)));
      else localStorage.removeItem(this.key);
    } catch {
      /* without storage the page itself still holds everything */
    }
  }

  later(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), wait);
  }

  flush() {
    if (!this.sending && !this.stopped && this.waiting.size) {
      this.sending = this.send().finally(() => (this.sending = null));
    }
    return this.sending ?? Promise.resolve();
  }

  /* Sends until nothing waits; gives false when that cannot be done now. */
  async drain() {
    do {
      await this.flush();
    } while (this.waiting.size && !this.stopped && !this.failures);
    return !this.waiting.size;
  }

  async send() {
    clearTimeout(this.timer);
    const batch = new Map(this.waiting);
    this.tell("saving");
    try {
      const response = await fetch(this.url, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": cookie("csrftoken"), Accept: "application/json" },
        body: JSON.stringify(body(batch)),
      });
      await this.heard(response, batch);
    } catch {
      this.again("offline");
    }
    if (this.waiting.size && !this.stopped && !this.failures) this.later(THINKING);
  }

  async heard(response, batch) {
    const isJson = (response.headers.get("Content-Type") ?? "").includes("json");
    if (response.redirected || (response.status === 403 && !isJson)) return this.again("signed-out");
    if (!isJson) return this.again("offline");
    const answer = await response.json();
    if (!response.ok) {
      this.stopped = true; // said on the page; a refused reading must not come back another day
      localStorage.removeItem(this.key);
      return this.tell("refused", answer.refused);
    }
    this.failures = 0;
    for (const [name, text] of batch) if (this.waiting.get(name) === text) this.waiting.delete(name);
    this.keep();
    this.answered(answer, [...this.waiting.keys()]);
    return this.tell("saved", answer.saved);
  }

  again(state) {
    this.failures += 1;
    this.tell(state);
    this.later(Math.min(LONGEST, 1000 * 2 ** this.failures));
  }

  tell(state, sentence = "") {
    this.told({ state, sentence, number: this.waiting.size });
  }
}

function body(batch) {
  const cells = {};
  const conditions = {};
  for (const [name, text] of batch) {
    if (name.startsWith("condition:")) conditions[name.slice("condition:".length)] = text;
    else cells[name.slice("cell:".length)] = text;
  }
  return { cells, conditions };
}
