/* The keyboard of a spreadsheet: arrows, Enter, blocks from Excel, undo across cells. */

const FIELDS = "[data-cell], [data-condition]";
const CHOICES = { 1: "ok", 2: "defect", 3: "not_applicable" };
const WORDS = { đạt: "ok", ok: "ok", "không đạt": "defect", defect: "defect", "không áp dụng": "not_applicable" };

const lines = (bench) =>
  [...bench.querySelectorAll("tr, [data-step] > .in")]
    .map((line) => [...line.querySelectorAll(FIELDS)])
    .filter((line) => line.length);

const place = (bench, field) => {
  const all = lines(bench);
  const y = all.findIndex((line) => line.includes(field));
  return [all, y, y < 0 ? -1 : all[y].indexOf(field)];
};

function enter(field) {
  if (!field) return;
  field.focus();
  field.select?.();
  field.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function step(bench, field, dy, dx) {
  const [all, y, x] = place(bench, field);
  if (dx) {
    const flat = all.flat();
    enter(flat[flat.indexOf(field) + dx]);
  } else {
    const line = all[y + dy];
    if (line) enter(line[Math.min(x, line.length - 1)]);
  }
}

const atStart = (field) => field.selectionStart === 0 && (field.selectionEnd === 0 || field.selectionEnd === field.value.length);
const atEnd = (field) => field.selectionEnd === field.value.length && (field.selectionStart === field.selectionEnd || field.selectionStart === 0);

/* What was there before, so that it can come back: a list of groups of [field, before, after]. */
export class Undo {
  constructor() {
    this.past = [];
    this.future = [];
  }
  keep(group) {
    const real = group.filter(([, before, after]) => before !== after);
    if (!real.length) return;
    this.past.push(real);
    this.future = [];
  }
  back() {
    const group = this.past.pop();
    if (group) this.future.push(group);
    return group?.map(([field, before]) => [field, before]);
  }
  forth() {
    const group = this.future.pop();
    if (group) this.past.push(group);
    return group?.map(([field, , after]) => [field, after]);
  }
}

/* Makes a part of the page a grid; `typed` is called whenever a field holds something new, `left` when one is left,
   `note` with the number of pasted values that found no cell, `history` with the field whose past is asked for. */
export function makeGrid(bench, { typed, left, note, history }) {
  const undo = new Undo();
  let begun = null;

  const settle = () => {
    if (begun) undo.keep([[begun.field, begun.text, begun.field.value]]);
    if (begun) begun.text = begun.field.value;
  };
  const put = (field, text) => {
    field.value = text;
    if (begun?.field === field) begun.text = field.value;
    typed(field);
  };
  const putAll = (group) => {
    if (!group) return;
    for (const [field, text] of group) put(field, text);
    enter(group[0][0]);
  };
  const choose = (field, value) => {
    if (![...field.options].some((option) => option.value === value)) return;
    settle();
    const before = field.value;
    put(field, value);
    undo.keep([[field, before, value]]);
  };

  bench.addEventListener("focusin", (event) => {
    const field = event.target.closest(FIELDS);
    if (!field) return;
    begun = { field, text: field.value };
    if (field.select && field.tagName !== "TEXTAREA") field.select();
  });
  bench.addEventListener("focusout", () => {
    settle();
    left();
  });
  bench.addEventListener("input", (event) => {
    if (event.target.matches(FIELDS)) typed(event.target, { typing: event.target.tagName !== "SELECT" });
  });

  bench.addEventListener("keydown", (event) => {
    const field = event.target.closest(FIELDS);
    if (!field) return;
    const deed = keyDeed(event, field);
    if (!deed) return;
    event.preventDefault();
    deed();
  });

  function keyDeed(event, field) {
    const key = event.key;
    const held = event.ctrlKey || event.metaKey;
    if (held && !event.altKey && key.toLowerCase() === "z") {
      return () => {
        settle();
        putAll(event.shiftKey ? undo.forth() : undo.back());
      };
    }
    if (held && key.toLowerCase() === "y") return () => putAll(undo.forth());
    if (event.altKey && key.toLowerCase() === "h") return () => history(field);
    if (held || event.altKey) return null;
    if (field.tagName === "TEXTAREA") return null;
    if (field.tagName === "SELECT") {
      if (CHOICES[key]) return () => choose(field, CHOICES[key]);
      if (key === "Delete" || key === "Backspace") return () => choose(field, "");
    }
    if (key === "Enter") return () => step(bench, field, event.shiftKey ? -1 : 1, 0);
    if (key === "ArrowDown") return () => step(bench, field, 1, 0);
    if (key === "ArrowUp") return () => step(bench, field, -1, 0);
    if (key === "ArrowLeft" && (field.tagName === "SELECT" || atStart(field))) return () => step(bench, field, 0, -1);
    if (key === "ArrowRight" && (field.tagName === "SELECT" || atEnd(field))) return () => step(bench, field, 0, 1);
    if (key === "Escape" && begun?.field === field && field.value !== begun.text) return () => put(field, begun.text);
    return null;
  }

  bench.addEventListener("paste", (event) => {
    const field = event.target.closest(FIELDS);
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!field || field.tagName === "TEXTAREA" || !/[\t\n]/.test(text.trim())) return;
    event.preventDefault();
    settle();
    const table = field.closest("table");
    const [all, y, x] = place(bench, field);
    const inTable = all.slice(y).filter((line) => table.contains(line[0]));
    const group = [];
    let outside = 0;
    text.replace(/\r/g, "").replace(/\n+$/, "").split("\n").forEach((line, i) => {
      line.split("\t").forEach((value, j) => {
        const target = inTable[i]?.[x + j];
        if (!target) {
          if (value.trim()) outside += 1;
          return;
        }
        group.push([target, target.value, asTyped(target, value.trim())]);
      });
    });
    for (const [target, , value] of group) put(target, value);
    undo.keep(group);
    if (outside) note(outside);
    enter(field);
  });

  function asTyped(field, value) {
    if (field.tagName !== "SELECT") return value;
    const known = WORDS[value.toLocaleLowerCase("vi")] ?? CHOICES[value];
    return known ?? field.value;
  }

  const first = () => lines(bench).flat().find((field) => !field.value)?.focus({ preventScroll: true });
  const missing = () => {
    const field = lines(bench).flat().find((one) => !one.value && one.tagName !== "TEXTAREA" && !("optional" in one.dataset));
    enter(field);
    field?.scrollIntoView({ block: "center" });
    return Boolean(field);
  };
  return { first, missing };
}
