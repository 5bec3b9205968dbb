// A small menu that opens at a button: arrow keys, Home, End, Escape; a click elsewhere closes it.

import { freshId, h } from "./dom.js";

/** A button with its menu. `items` are {label, choose}; without any, `empty` says why. */
export function menu(name, items, key = "", empty = "") {
  const id = freshId("menu");
  const trigger = h("button", {
    type: "button",
    class: "menu-button",
    "aria-label": name,
    "aria-haspopup": items.length ? "menu" : null,
    "aria-expanded": "false",
    "aria-controls": id,
    on: { click: () => toggle(trigger, list) },
    data: { key },
  }, h("span", { "aria-hidden": "true" }, "⋯"));
  const list = h("div", { id, class: "menu", popover: "auto", role: items.length ? "menu" : null, "aria-label": name },
    items.length
      ? items.map(({ label, choose }) => h("button", {
          type: "button",
          role: "menuitem",
          tabindex: -1,
          on: { click: () => { list.hidePopover(); trigger.focus(); choose(trigger); } },
        }, label))
      : h("p", {}, empty));
  list.addEventListener("toggle", (event) => trigger.setAttribute("aria-expanded", String(event.newState === "open")));
  list.addEventListener("keydown", (event) => moved(event, list));
  return h("span", { class: "menu-holder" }, trigger, list);
}

function toggle(trigger, list) {
  if (!list.togglePopover({ source: trigger })) return;
  const at = trigger.getBoundingClientRect();
  const wide = list.offsetWidth;
  const below = at.bottom + 4 + list.offsetHeight < innerHeight;
  list.style.left = `${Math.max(8, Math.min(at.right - wide, innerWidth - wide - 8))}px`;
  list.style.top = `${below ? at.bottom + 4 : at.top - 4 - list.offsetHeight}px`;
  list.querySelector("[role=menuitem]")?.focus();
}

function moved(event, list) {
  const items = [...list.querySelectorAll("[role=menuitem]")];
  const at = items.indexOf(document.activeElement);
  const next = {
    ArrowDown: items[(at + 1) % items.length],
    ArrowUp: items[(at - 1 + items.length) % items.length],
    Home: items[0],
    End: items.at(-1),
  }[event.key];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
