"use strict";
const form = document.querySelector("form");
const findings = Array.from(document.querySelectorAll("article"), (article) => ({
  article,
  severity: article.dataset.severity,
  directions: article.dataset.directions.split(" "),
  text: article.textContent.toLowerCase(),
}));
const checked = (name) =>
  new Set(Array.from(form.querySelectorAll(`[name=${name}]:checked`), (box) => box.value));
const show = () => {
  const severities = checked("severity");
  const directions = checked("direction");
  const words = form.elements.text.value.toLowerCase().split(/\s+/).filter(Boolean);
  let count = 0;
  for (const { article, severity, directions: ways, text } of findings) {
    const shown = severities.has(severity) && ways.some((way) => directions.has(way)) &&
      words.every((word) => text.includes(word));
    article.hidden = !shown;
    count += shown;
  }
  for (const section of document.querySelectorAll("section")) {
    section.hidden = !section.querySelector("article:not([hidden])");
  }
  form.querySelector("output").textContent = `${count} of ${findings.length} shown`;
};
// A link may hold the choice, such as #severity=breaking&text=orders.
const choose = () => {
  const choice = new URLSearchParams(location.hash.slice(1));
  for (const name of ["severity", "direction"]) {
    const values = choice.getAll(name);
    if (values.length > 0) {
      for (const box of form.querySelectorAll(`[name=${name}]`)) {
        box.checked = values.includes(box.value);
      }
    }
  }
  form.elements.text.value = choice.get("text") ?? form.elements.text.value;
  show();
};
if (form) {
  form.hidden = false;
  form.addEventListener("input", show);
  form.addEventListener("submit", (event) => event.preventDefault());
  window.addEventListener("hashchange", choose);
  choose();
}
