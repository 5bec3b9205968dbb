// F6 goes from part to part of the page, as in Slack: the steps, the side, messages, the box, a thread.

import { $ } from "./dom.js";

const PARTS = ["tour", "side", "home", "messages", "thread-messages", "composer-text", "calls-list"];
const WITHIN = "button:not([tabindex='-1']), select, a[href]";

const visible = (part) => part && part.checkVisibility({ visibilityProperty: true });

/** Wire the key up, once; Shift goes back. */
export function startParts() {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "F6" || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    const parts = PARTS.map($).filter(visible);
    const at = parts.findIndex((part) => part.contains(document.activeElement));
    const next = parts[(at + (event.shiftKey ? -1 : 1) + parts.length + (at < 0 && event.shiftKey ? 1 : 0)) % parts.length];
    (next.tabIndex >= 0 ? next : next.querySelector(WITHIN))?.focus();
  });
}
