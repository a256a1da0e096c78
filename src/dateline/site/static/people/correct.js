// Correcting a claim: words chosen in the article's text become the value, or the words for a number or a day.

import { Draft } from "./drafts.js";
import { selected } from "./phrases.js";

const form = document.querySelector("[data-correct-form]");
const { at, field, value, words } = form.elements;
const hint = document.getElementById("correct-value-hint");
const hints = JSON.parse(hint.dataset.hints);
const choices = JSON.parse(value.dataset.choices);

function kind() {
  return form.querySelector("input[name=field]:checked")?.dataset.kind ?? "";
}

function adapt() {
  if (!kind()) return;
  hint.textContent = `${hints[kind()]}; “none” for nothing`;
  const options = (choices[field.value] ?? []).map((each) => Object.assign(document.createElement("option"), { value: each }));
  document.getElementById("correct-choices").replaceChildren(...options);
  words.closest(".field").hidden = !["day", "count"].includes(kind());
}

/** Take words of the text: for a role as its value, several with Ctrl or ⌘; for numbers and days as their words. */
function take(found, more) {
  const target = kind() === "words" ? value : words;
  const before = more && kind() === "words" && at.value ? at.value : "";
  at.value = `${before} ${found.start}-${found.end}`.trim();
  target.value = before ? `${target.value}; ${found.text}` : found.text;
  draft.save();
}

const draft = new Draft(form, { restored: adapt });
if (document.querySelector("[role=status].notice-shown")) {
  draft.discard();
  form.reset();
}
document.querySelector("[data-select-hint]").hidden = false;
form.querySelectorAll("[data-kept-here]").forEach((each) => (each.hidden = false));
form.querySelector("[data-discard]").addEventListener("click", () => {
  draft.discard();
  form.reset();
  at.value = "";
  form.querySelector("[data-discard]").hidden = true;
});
form.addEventListener("change", ({ target }) => {
  if (target.name === "field") adapt();
});
// Words typed by hand stand wherever they are nearest; a place chosen before is not theirs.
for (const input of [value, words]) {
  input.addEventListener("input", () => {
    if ((kind() === "words") === (input === value)) at.value = "";
  });
}

const chooser = document.createElement("div");
chooser.className = "phrase-chooser";
chooser.hidden = true;
chooser.setAttribute("role", "group");
chooser.setAttribute("aria-label", "These words are");
for (const radio of form.querySelectorAll("input[name=field]:not([data-kind=choice])")) {
  const button = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: radio.value });
  button.addEventListener("pointerdown", (event) => event.preventDefault());
  button.addEventListener("click", (event) => {
    const more = (event.ctrlKey || event.metaKey) && radio.checked;
    radio.checked = true;
    adapt();
    take(found, more);
    chooser.hidden = true;
    (kind() === "words" ? form.elements.reason : value).focus();
  });
  chooser.append(button);
}
document.querySelector(".correct-text").append(chooser);

let found = null;
document.addEventListener("selectionchange", () => {
  const now = selected();
  if (now) found = now;
  chooser.hidden = !now;
});
adapt();
