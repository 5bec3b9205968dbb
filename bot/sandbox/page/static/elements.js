// The elements that a person touches: buttons, menus, choices. In an input block they only hold a value.

import { freshId, h } from "./dom.js";
import { choices, field } from "./fields.js";
import { menu } from "./menus.js";
import { placeOf } from "./mrkdwn.js";

export const isButton = (given) => given.type === "button" || given.type === "overflow";

/** An element outside of input blocks: touching it tells the bot. */
export function element(given, block, context) {
  switch (given.type) {
    case "button":
      return button(given, block, context);
    case "overflow":
      return menu("More actions", given.options.map((option) => ({
        label: option.text.text,
        choose: (trigger) => context.select(given, block, option.value, trigger),
      })), key(given, block));
    case "radio_buttons":
    case "checkboxes":
      return choices(given, block, { ...context, name: freshId("choice"), changed: (value, at) => context.select(given, block, value, at) });
    default:
      return field(given, block, {
        ...context,
        label: given.placeholder?.text ?? "Choose",
        changed: (value, at) => context.select(given, block, value, at),
      });
  }
}

/** By what an element is found again after its block was drawn anew. */
export const key = (given, block) => [block.block_id ?? "", given.action_id ?? "", given.value ?? ""].join("\u0000");

function button(given, block, context) {
  const classes = ["slack-button", given.style].filter(Boolean).join(" ");
  const common = { class: classes, "aria-label": given.accessibility_label, "aria-haspopup": given.confirm && "dialog", data: { key: key(given, block) } };
  const short = given.text.text.length <= 2;
  const content = h("span", { class: "label" }, given.text.text);
  const inside = given.url && placeOf(given.url);
  if (given.url) {
    const outside = { target: "_blank", rel: "noopener noreferrer" };
    return h("a", { ...common, href: inside || given.url, ...(inside ? {} : outside), on: { click: () => context.click(given, block, null) } }, content);
  }
  return h(
    "button",
    { ...common, class: short ? `${classes} number` : classes, type: "button", on: { click: (event) => context.click(given, block, event.currentTarget) } },
    content,
  );
}
