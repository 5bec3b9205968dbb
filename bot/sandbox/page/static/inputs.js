// An input block: label, hint, whether it may stay empty, and the error that Slack or the bot puts under it.

import { freshId, h } from "./dom.js";
import { choices, field } from "./fields.js";

/** An input block with its element. */
export function input(block, context) {
  const id = freshId("input");
  const about = block.hint && h("p", { class: "hint", id: `${id}-hint` }, block.hint.text);
  const error = h("p", { class: "error", id: `${id}-error`, role: "alert" });
  const label = [block.label.text, block.optional && h("span", { class: "optional" }, " (optional)")];
  const inner = {
    ...context,
    id,
    described: [about && `${id}-hint`, `${id}-error`].filter(Boolean).join(" "),
    required: false, // Slack says so itself, by its own sentence under the field
    changed: block.dispatch_action ? (value, at) => context.select(block.element, block, value, at) : null,
  };
  const grouped = block.element.type === "radio_buttons" || block.element.type === "checkboxes";
  const body = grouped
    ? h("fieldset", { "aria-describedby": inner.described }, h("legend", {}, label), choices(block.element, block, inner))
    : [h("label", { for: id }, label), field(block.element, block, inner)];
  if (!grouped && !block.optional) body[1].setAttribute("aria-required", "true");
  return h("div", { class: "block input", data: { input: block.block_id } }, body, about, error);
}

/** Put errors under their inputs, take the others away, and give the first faulty input's first control. */
export function complain(form, errors) {
  let first = null;
  for (const node of form.querySelectorAll("[data-input]")) {
    const words = errors[node.dataset.input] ?? "";
    const error = node.querySelector(".error");
    if (error.textContent !== words) error.textContent = words;
    const controls = node.querySelectorAll("input, textarea, select");
    for (const control of controls) {
      if (words) control.setAttribute("aria-invalid", "true");
      else control.removeAttribute("aria-invalid");
    }
    if (words && !first) first = controls[0];
  }
  return first;
}
