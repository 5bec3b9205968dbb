// The modal: the view on top of a person's stack, in a dialog that keeps the focus.

import { act, touching } from "./acting.js";
import { block } from "./blocks.js";
import { $, h } from "./dom.js";
import { complain } from "./inputs.js";
import { state } from "./state.js";

let shown = null; // {id, hash, inputs} of the view on the screen
let opener = null; // where the focus goes back to

/** Show the view on top, or nothing. What has been typed stays while its input stays. */
export function showViews() {
  const dialog = $("modal");
  const view = state.views.at(-1);
  if (!view) return close(dialog);
  if (shown?.id === view.id && shown.hash === view.hash) return;
  const same = shown?.id === view.id;
  const typed = same ? shown.inputs.map((one) => ({ ...one, value: one.read() })) : [];
  const at = same ? document.activeElement?.dataset?.key : null;
  if (!shown) opener = opening();
  draw(dialog, view);
  for (const one of shown.inputs) {
    const before = typed.find((old) => old.block === one.block && old.action === one.action && old.type === one.type);
    if (before) one.write(before.value);
  }
  if (!dialog.open) dialog.showModal();
  focusFirst(dialog, view, at);
}

function opening() {
  const active = document.activeElement;
  return { node: active, key: active?.dataset?.key, holder: active?.closest("[data-ts]")?.dataset.ts };
}

function close(dialog) {
  if (!shown) return;
  shown = null;
  dialog.close();
  dialog.replaceChildren();
  const again = opener?.node?.isConnected ? opener.node : opener?.key && document.querySelector(`[data-ts="${opener.holder}"] [data-key="${CSS.escape(opener.key)}"]`);
  (again || $("messages")).focus();
}

function draw(dialog, view) {
  const inputs = [];
  const values = () => Object.fromEntries(inputs.map(({ block: name, action, read }) => [name, { [action]: read() }]));
  const context = {
    inputs,
    heading: "h3",
    filled: (blockId, actionId) => view.state[blockId]?.[actionId],
    ...touching(() => ({ view: view.id, values: values() })),
  };
  const leave = (everything) => () => act({ kind: "close", view: view.id, everything });
  const deep = state.views.length > 1;
  const form = h("form", { novalidate: true, "aria-labelledby": "modal-title", on: { submit: (event) => send(event, view, form, values) } },
    h("header", {},
      deep && h("button", { type: "button", class: "cross", "aria-label": `Back to ${state.views.at(-2).title.text}`, on: { click: leave(false) } }, h("span", { "aria-hidden": "true" }, "‹")),
      h("h2", { id: "modal-title", tabindex: -1 }, view.title.text),
      h("button", { type: "button", class: "cross", "aria-label": "Close", on: { click: leave(true) } }, h("span", { "aria-hidden": "true" }, "×"))),
    h("div", { class: "body", tabindex: 0, role: "group", "aria-labelledby": "modal-title" }, view.blocks.map((one) => block(one, context))),
    h("footer", { class: "foot" },
      h("button", { type: "button", class: "quiet", data: { key: "close" }, on: { click: leave(false) } }, view.close?.text ?? "Close"),
      view.submit && h("button", { type: "submit", class: "primary", data: { key: "submit" } }, view.submit.text)));
  dialog.replaceChildren(form);
  dialog.oncancel = (event) => {
    event.preventDefault();
    if (!$("confirm").open) leave(false)();
  };
  shown = { id: view.id, hash: view.hash, inputs };
}

async function send(event, view, form, values) {
  event.preventDefault();
  const button = form.querySelector("[type=submit]");
  if (button.getAttribute("aria-busy")) return;
  const told = await act({ kind: "submit", view: view.id, values: values() }, button);
  complain(form, told.errors ?? {})?.focus();
}

function focusFirst(dialog, view, key) {
  const kept = key && dialog.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (kept) return kept.focus();
  const wanted = view.blocks.find((one) => one.element?.focus_on_load);
  const first = wanted ? dialog.querySelector(`[data-input="${CSS.escape(wanted.block_id)}"]`) : dialog.querySelector("[data-input]");
  (first?.querySelector("input:checked, input, textarea, select") ?? dialog.querySelector("#modal-title")).focus();
}
