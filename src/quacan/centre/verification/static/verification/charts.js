/* One chart at a time: chosen by hand, or the one of the step where the cursor is. */

let wanted = "";

export function show(key) {
  const drawing = [...document.querySelectorAll("[data-drawing]")];
  if (!drawing.some((figure) => figure.dataset.drawing === key)) return;
  wanted = key;
  for (const figure of drawing) figure.classList.toggle("shown", figure.dataset.drawing === key);
  for (const tab of document.querySelectorAll("[data-chart]")) {
    tab.setAttribute("aria-pressed", String(tab.dataset.chart === key));
    if (tab.dataset.chart === key) document.querySelector("[data-chart-unit]").textContent = tab.dataset.unit;
  }
}

export const showAgain = () => show(wanted);

document.addEventListener("click", (event) => {
  const tab = event.target.closest("[data-chart]");
  if (tab) show(tab.dataset.chart);
});
document.addEventListener("focusin", (event) => {
  const step = event.target.closest?.("[data-step]");
  if (step) show(step.dataset.step);
});
