// Comments on their way. They are kept until the site has said that it has them: sent again after a closed
// tab, a restart of the site, or a time without network. The site takes each only once.

import { proven } from "./proof.js";
import { keep, kept } from "./store.js";

const NAME = "outbox";
const PROOFS = 3;
const FIRST_WAIT = 2000;
const LONGEST_WAIT = 60000;

export function waiting() {
  return kept(NAME, []);
}

/** Put a comment there, in place of what waits under the same name. */
export function put(item) {
  keep(NAME, [...waiting().filter((each) => each.fields.once !== item.fields.once), item]);
}

function remove(item) {
  keep(NAME, waiting().filter((each) => each.fields.once !== item.fields.once));
}

async function post(fields) {
  for (let tries = 0; tries < PROOFS; tries += 1) {
    const { token, proof } = await proven();
    const body = new URLSearchParams({ ...fields, form_token: token, proof });
    const answer = await fetch("/comments", { method: "POST", headers: { Accept: "application/json" }, body });
    if (answer.status !== 409) return answer;
  }
  throw new Error("no proof was taken");
}

/** One try. Tells what became of it: {sent}, {faults} or {problem}; {later} is in how many milliseconds. */
async function attempt(item) {
  let answer;
  try {
    answer = await post(item.fields);
  } catch {
    return { later: 0, problem: navigator.onLine ? "The site does not answer." : "You are offline." };
  }
  if (answer.status === 429 || answer.status >= 500) {
    const told = await answer.json().catch(() => ({}));
    const later = Number(answer.headers.get("Retry-After") ?? 0) * 1000;
    return { later, problem: told.problem ?? "The site cannot take it just now." };
  }
  remove(item);
  const told = await answer.json().catch(() => ({}));
  if (answer.ok) {
    keep("sent", [...kept("sent", []), { id: told.id, link: told.link, page: item.page }].slice(-50));
    return { sent: told };
  }
  if (told.faults) return { faults: told.faults };
  return { problem: told.problem ?? "It was not taken. What you wrote is kept here." };
}

let timer = 0;
let wait = FIRST_WAIT;

/** Send what waits, one after the other, in one tab at a time; try again later where that is of use. */
export async function flush(tell = () => {}) {
  clearTimeout(timer);
  const send = async () => {
    for (const item of waiting()) {
      const became = await attempt(item);
      tell(item, became);
      if ("later" in became) {
        timer = setTimeout(() => flush(tell), Math.max(became.later, wait));
        wait = Math.min(wait * 2, LONGEST_WAIT);
        return;
      }
      wait = FIRST_WAIT;
    }
  };
  await (navigator.locks ? navigator.locks.request(NAME, send) : send());
}

/** Send also when the network is back, and when the page is looked at again. */
export function watch(tell = () => {}) {
  addEventListener("online", () => flush(tell));
  document.addEventListener("visibilitychange", () => !document.hidden && waiting().length && flush(tell));
  if (waiting().length) flush(tell);
}
