// What is typed into a form is kept as it is typed, and comes back whatever happened to the page.
//
// Each view of a page keeps its own draft, so that two of them do not overwrite one another. A new view
// takes up the latest; the others are offered beside the form. Who is signed in has a copy on the site.

import { forget, fresh, keep, kept } from "./store.js";

const MOST = 20;
const SITE_DELAY = 1200;
const NOT_KEPT = new Set(["form_token", "page", "about", "seen", "back", "proof"]);

function fieldsOf(form) {
  const fields = {};
  for (const element of form.elements) {
    if (!element.name || NOT_KEPT.has(element.name) || element.type === "password") continue;
    if (element.type === "radio" || element.type === "checkbox") {
      if (element.type === "checkbox") fields[element.name] = element.checked ? "yes" : "";
      else if (element.checked) fields[element.name] = element.value;
    } else if (!element.readOnly) fields[element.name] = element.value;
  }
  return fields;
}

function fill(form, fields) {
  for (const element of form.elements) {
    if (!(element.name in fields) || NOT_KEPT.has(element.name) || element.readOnly) continue;
    if (element.type === "checkbox") element.checked = fields[element.name] !== "";
    else if (element.type === "radio") element.checked = element.value === fields[element.name];
    else element.value = fields[element.name];
  }
}

/** What a person typed of some fields: without what a form has by itself. */
function typed(fields) {
  const { once, start, end, at, claim, credit, field, name, ...rest } = fields;
  return Object.values(rest).join("").trim();
}

/** Whether a field holds something else than the page came with. */
function isTypedOver(form) {
  const texts = [...form.elements].filter((each) => each.matches("textarea, input:not([type=hidden], [type=radio], [type=checkbox])"));
  return texts.some((each) => each.value !== each.defaultValue);
}

export class Draft {
  constructor(form, { restored = () => {} } = {}) {
    this.form = form;
    this.page = form.dataset.draft;
    this.name = `draft ${this.page}`;
    this.id = fresh();
    this.taken = null;
    this.restored = restored;
    this.onSite = "signedIn" in form.dataset;
    this.timer = 0;
    this.#begin();
    form.addEventListener("input", () => this.save());
    form.addEventListener("change", () => this.save());
    addEventListener("pagehide", () => this.#toSite(true));
    document.addEventListener("visibilitychange", () => document.hidden && this.#toSite(true));
  }

  get entries() {
    return kept(this.name, {});
  }

  set entries(entries) {
    const latest = Object.entries(entries).sort((one, other) => other[1].at - one[1].at);
    if (latest.length === 0) forget(this.name);
    else keep(this.name, Object.fromEntries(latest.slice(0, MOST)));
  }

  #begin() {
    const given = fieldsOf(this.form);
    const drafts = Object.entries(this.entries).sort((one, other) => other[1].at - one[1].at);
    const [latest] = drafts;
    // Somebody may have typed before this script was there.
    if (isTypedOver(this.form) && typed(given) !== typed(latest?.[1].fields ?? {})) {
      this.save();
    } else if (latest) {
      const [id, draft] = latest;
      const other = typed(given);
      if (other && !typed(draft.fields).startsWith(other)) {
        this.entries = { ...this.entries, [fresh()]: { at: draft.at - 1, fields: given } };
      }
      this.#take(id, draft);
    }
    this.#offer();
    this.#showDiscard();
  }

  #take(id, draft) {
    this.taken = { id, at: draft.at };
    fill(this.form, draft.fields);
    this.restored(draft.fields);
    this.#showDiscard();
  }

  #showDiscard() {
    const discard = this.form.querySelector("[data-discard]");
    if (discard) discard.hidden = !typed(fieldsOf(this.form));
  }

  /** Keep what stands in the form now. */
  save() {
    const fields = fieldsOf(this.form);
    const entries = this.#withoutTaken();
    if (typed(fields)) entries[this.id] = { at: Date.now(), fields };
    else delete entries[this.id];
    this.entries = entries;
    this.#showDiscard();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#toSite(false), SITE_DELAY);
    this.unsaved = true;
  }

  #withoutTaken() {
    const entries = this.entries;
    if (this.taken && entries[this.taken.id]?.at === this.taken.at) delete entries[this.taken.id];
    return entries;
  }

  async #toSite(leaving) {
    if (!this.onSite || !this.unsaved) return;
    this.unsaved = false;
    const token = this.form.elements.form_token?.value ?? "";
    try {
      const answer = await fetch("/drafts", {
        method: "PUT",
        keepalive: leaving,
        headers: { "Content-Type": "application/json", Accept: "application/json", "X-Form-Token": token },
        body: JSON.stringify({ page: this.page, fields: fieldsOf(this.form) }),
      });
      if (!answer.ok) this.unsaved = answer.status !== 401;
    } catch {
      this.unsaved = true; // it is kept here; the next letter tries again
    }
  }

  /** Keep no draft of what was sent under a name, whichever view typed it. */
  sent(once) {
    const rest = Object.entries(this.entries).filter(([, draft]) => draft.fields.once !== once);
    this.entries = Object.fromEntries(rest);
    this.taken = null;
    this.#offer();
  }

  /** Keep nothing of this view. */
  discard() {
    const entries = this.#withoutTaken();
    delete entries[this.id];
    this.entries = entries;
    this.taken = null;
    this.unsaved = true;
    this.#toSite(false);
    this.#offer();
  }

  /** The drafts of other views, to be taken up or discarded. */
  #offer() {
    const box = this.form.querySelector("[data-other-drafts]");
    if (!box) return;
    const others = Object.entries(this.entries).filter(([id]) => id !== this.id && id !== this.taken?.id);
    box.hidden = others.length === 0;
    box.querySelector("ul").replaceChildren(...others.map(([id, draft]) => this.#other(id, draft)));
  }

  #other(id, draft) {
    const item = document.createElement("li");
    const words = document.createElement("p");
    words.textContent = typed(draft.fields);
    words.dir = "auto";
    const take = button("Take this instead", () => {
      this.save();
      this.id = fresh();
      this.#take(id, draft);
      this.#offer();
    });
    const drop = button("Discard", () => {
      const entries = this.entries;
      delete entries[id];
      this.entries = entries;
      this.#offer();
    });
    item.append(words, take, drop);
    return item;
  }
}

function button(words, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button";
  made.textContent = words;
  made.addEventListener("click", act);
  return made;
}
