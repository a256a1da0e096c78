// What this browser keeps: JSON under names, in localStorage; in memory where that cannot be had.

const memory = new Map();

/** Whether the last thing to keep could be kept beyond this page. */
export let lasting = true;

export function kept(name, otherwise) {
  let text = memory.get(name) ?? null;
  try {
    text = localStorage.getItem(name) ?? text;
  } catch {
    lasting = false;
  }
  try {
    return text === null ? otherwise : JSON.parse(text);
  } catch {
    return otherwise;
  }
}

export function keep(name, value) {
  const text = JSON.stringify(value);
  try {
    localStorage.setItem(name, text);
    memory.delete(name);
    lasting = true;
  } catch {
    memory.set(name, text);
    lasting = false;
  }
}

export function forget(name) {
  memory.delete(name);
  try {
    localStorage.removeItem(name);
  } catch {
    lasting = false;
  }
}

/** A name that nobody guesses. The browser's own randomUUID is only there over HTTPS. */
export function fresh() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
