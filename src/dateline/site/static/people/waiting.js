// On every page: whatever waits to be sent is sent. Pages with a form do it themselves, and tell of it.

import { kept } from "./store.js";

if (!document.querySelector("[data-comment-form]") && kept("outbox", []).length) {
  import("./outbox.js").then(({ watch }) => watch());
}
