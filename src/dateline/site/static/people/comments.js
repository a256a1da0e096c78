// The comment form: nothing typed is lost, nothing sent is doubled, faults are told beside their fields.

import { Draft } from "./drafts.js";
import { flush, put, watch } from "./outbox.js";
import { selected } from "./phrases.js";
import { fresh, kept, lasting } from "./store.js";

const NEEDED = { words: "Please enter your comment", name: "Please enter your name" };
const STATES = {
  shown: "Everybody sees it.",
  held: "A moderator looks at it first.",
  refused: "Not published.",
  erased: "Erased.",
};

class Form {
  constructor(form) {
    this.form = form;
    this.fields = form.elements;
    this.draft = new Draft(form, { restored: () => this.showPhrase() });
    this.section = form.closest(".comments");
    this.showPhrase();
    this.say(lasting ? "" : "This browser keeps nothing: what you type is lost with this page.");
    form.querySelectorAll("[data-no-script]").forEach((each) => each.remove());
    form.querySelectorAll("[data-kept-here]").forEach((each) => (each.hidden = !lasting));
    form.addEventListener("submit", (event) => this.submit(event));
    form.addEventListener("input", ({ target }) => this.fault(target.name, ""));
    form.querySelector("[data-discard]").addEventListener("click", () => this.clear());
    form.querySelector("[data-phrase-clear]").addEventListener("click", () => this.choose("", "", ""));
    watch((item, became) => this.became(item, became));
    this.showOwn();
    this.offerPhrases();
  }

  say(words, kind = "") {
    const status = this.form.querySelector("[data-status]");
    status.textContent = words;
    status.hidden = words === "";
    status.className = `notice ${kind && `notice-${kind}`}`;
  }

  fault(name, words) {
    const line = this.form.querySelector(`[data-error="${CSS.escape(name)}"]`);
    if (!line) return;
    line.textContent = words;
    line.hidden = words === "";
    line.closest(".field").classList.toggle("field-wrong", words !== "");
    if (words) this.fields[name].setAttribute("aria-invalid", "true");
    else this.fields[name].removeAttribute("aria-invalid");
  }

  faults(found) {
    for (const name of ["words", "name", "field", "value"]) this.fault(name, found[name] ?? "");
    const [first] = Object.keys(found);
    if (first) this.fields[first]?.focus();
  }

  submit(event) {
    event.preventDefault();
    const found = Object.entries(NEEDED).filter(([name]) => !this.fields[name].value.trim());
    this.faults(Object.fromEntries(found));
    if (found.length) return;
    this.draft.save();
    const all = Object.fromEntries(new FormData(this.form));
    const { form_token, proof, page, ...fields } = all;
    put({ page, path: location.pathname, fields });
    this.say("Sending…");
    flush((item, became) => this.became(item, became));
  }

  /** Tell what became of a comment on its way, whether it was typed on this page or on another. */
  became(item, { sent, faults, problem, later }) {
    const ours = item.fields.once === this.fields.once.value;
    if (sent) {
      if (item.page === this.draft.page) this.draft.sent(item.fields.once);
      if (ours) this.clear();
      this.say(sent.state === "shown" ? "Thank you. Your comment is there." : `Thank you. ${STATES[sent.state] ?? ""} ${sent.reason ?? ""}`, sent.state);
      if (sent.state === "shown" && item.page === this.draft.page) this.show(sent.html, sent.id);
      this.showOwn();
    } else if (later !== undefined) {
      this.say(`${problem} Your comment is kept here and sent as soon as that is possible, also if you close this page.`, "held");
    } else if (ours) {
      if (faults) this.faults(faults);
      this.say(problem ?? "", "refused");
    }
  }

  show(html, id) {
    const list = this.section?.querySelector("[data-comments]");
    if (!list || document.getElementById(id)) return;
    this.section.querySelector("[data-comments-none]")?.remove();
    list.append(...new DOMParser().parseFromString(html, "text/html").body.children);
  }

  clear() {
    this.draft.discard();
    for (const name of ["words", "value", "field_words", "field", "start", "end"]) {
      if (this.fields[name]) this.fields[name].value = "";
    }
    this.fields.once.value = fresh();
    this.faults({});
    this.say("");
    this.showPhrase();
    this.form.querySelector("[data-discard]").hidden = true;
  }

  /** The comments sent from this browser to this page, with what became of them. */
  async showOwn() {
    const box = this.section?.querySelector("[data-own-comments]");
    const own = kept("sent", []).filter(({ page }) => page === this.draft.page);
    if (!box || own.length === 0) return;
    const items = await Promise.all(own.map(({ link }) => this.ownItem(link)));
    box.querySelector("ul").replaceChildren(...items.filter(Boolean));
    box.hidden = false;
  }

  async ownItem(link) {
    try {
      const answer = await fetch(link, { headers: { Accept: "application/json" } });
      if (!answer.ok) return null;
      const { state, reason } = await answer.json();
      const item = document.createElement("li");
      const way = document.createElement("a");
      way.href = link;
      way.textContent = STATES[state] ?? state;
      item.append(way, reason ? ` ${reason}` : "");
      return item;
    } catch {
      return null;
    }
  }

  choose(start, end, text) {
    this.fields.start.value = start;
    this.fields.end.value = end;
    this.phrase = text;
    this.showPhrase();
    this.draft.save();
  }

  showPhrase() {
    const figure = this.form.querySelector("[data-phrase]");
    const { start, end } = this.fields;
    const text = this.phrase ?? textAt(this.fields.about.value, start.value, end.value);
    if (text) figure.querySelector("blockquote").textContent = text;
    figure.hidden = start.value === "";
    figure.querySelector("[data-phrase-clear]").hidden = start.value === "";
  }

  /** A button beside words that are selected in the article that this form is about. */
  offerPhrases() {
    const texts = document.querySelectorAll(`[data-article="${CSS.escape(this.fields.about.value)}"]`);
    if (texts.length === 0) return;
    const offer = document.createElement("button");
    Object.assign(offer, { type: "button", className: "button primary phrase-offer", textContent: "Comment on these words", hidden: true });
    document.body.append(offer);
    let found = null;
    document.addEventListener("selectionchange", () => {
      found = selected();
      offer.hidden = found?.article !== this.fields.about.value;
    });
    offer.addEventListener("pointerdown", (event) => event.preventDefault());
    offer.addEventListener("click", () => {
      this.choose(found.start, found.end, found.text);
      offer.hidden = true;
      document.getSelection().removeAllRanges();
      this.fields.words.focus();
      this.form.scrollIntoView({ block: "center" });
    });
  }
}

/** The words at a place of an article's text, as far as they are on this page; empty when they are not. */
function textAt(article, start, end) {
  if (start === "") return "";
  const container = document.querySelector(`[data-article="${CSS.escape(article)}"]`);
  const found = [...(container?.querySelectorAll("[data-offset]") ?? [])].map((element) => {
    const first = Number(element.dataset.offset);
    return [...element.textContent].slice(Math.max(start - first, 0), Math.max(end - first, 0)).join("");
  });
  return found.join("");
}

document.querySelectorAll("[data-comment-form]").forEach((form) => new Form(form));
