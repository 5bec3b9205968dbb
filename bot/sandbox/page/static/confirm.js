// The question that a button may ask first. Escape and the quiet button mean no.

import { $, h } from "./dom.js";
import { words } from "./blocks.js";

/** Whether the person goes on. */
export function confirmed(given) {
  const dialog = $("confirm");
  return new Promise((resolve) => {
    const answer = (yes) => () => dialog.close(yes ? "yes" : "no");
    dialog.replaceChildren(
      h("h2", { id: "confirm-title" }, given.title.text),
      h("div", { id: "confirm-text", class: "text" }, words(given.text)),
      h("div", { class: "foot" },
        h("button", { type: "button", class: "quiet", on: { click: answer(false) } }, given.deny.text),
        h("button", { type: "button", class: given.style === "danger" ? "danger" : "primary", on: { click: answer(true) } }, given.confirm.text)),
    );
    dialog.returnValue = "no";
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
    dialog.showModal();
  });
}
