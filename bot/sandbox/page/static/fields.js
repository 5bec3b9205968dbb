// Controls that hold a value: text, selects, dates, radio buttons and checkboxes. Each gives its node and a reader.

import { freshId, h } from "./dom.js";
import { state } from "./state.js";

const TYPED = {
  plain_text_input: "text",
  email_text_input: "email",
  url_text_input: "url",
  number_input: "text",
  datepicker: "date",
  timepicker: "time",
};

/** What stands in an element beforehand, by the entry that the server keeps of it, else by its own initial value. */
function initial(given, entry) {
  const chosen = (option) => option?.value ?? null;
  if (entry && "selected_options" in entry) return entry.selected_options.map(chosen);
  if (entry && "selected_option" in entry) return chosen(entry.selected_option);
  if (entry) return Object.entries(entry).find(([name]) => name !== "type")?.[1] ?? null;
  if (given.initial_options) return given.initial_options.map(chosen);
  if (given.initial_option) return chosen(given.initial_option);
  return given.initial_value ?? given.initial_time ?? given.initial_date ?? given.initial_conversation ?? null;
}

function registered(given, block, context, node, read, write) {
  node.dataset.action = given.action_id;
  context.inputs?.push({ block: block.block_id, action: given.action_id, type: given.type, node, read, write });
  return node;
}

/** A text field, a select or a picker. `context.label` names it where no label stands beside it. */
export function field(given, block, context) {
  const value = initial(given, context.filled?.(block.block_id, given.action_id));
  const common = { id: context.id, "aria-label": context.id ? null : context.label, "aria-describedby": context.described };
  if (given.type in TYPED) return typed(given, block, context, { ...common, required: context.required }, value);
  const options = optionsOf(given);
  if (!options) return h("p", { class: "undrawn" }, `An element of the type "${given.type}", which this page does not draw.`);
  const many = given.type.startsWith("multi_");
  const control = h("select", { ...common, multiple: many, required: context.required }, many ? null : h("option", { value: "" }, given.placeholder?.text ?? "Choose"), options);
  const read = () => (many ? [...control.selectedOptions].map((option) => option.value) : control.value || null);
  const write = (now) => {
    const wanted = [now ?? ""].flat();
    for (const option of control.options) option.selected = wanted.includes(option.value);
  };
  write(value);
  control.addEventListener("change", () => context.changed?.(read(), control));
  return registered(given, block, context, control, read, write);
}

function typed(given, block, context, common, value) {
  const many = given.multiline;
  const control = h(many ? "textarea" : "input", {
    ...common,
    type: many ? null : TYPED[given.type],
    rows: many ? 4 : null,
    placeholder: given.placeholder?.text,
    autocomplete: "off",
  });
  control.value = value ?? "";
  const read = () => control.value || null;
  const write = (now) => { control.value = now ?? ""; };
  control.addEventListener("change", () => context.changed?.(read(), control));
  return registered(given, block, context, control, read, write);
}

function optionsOf(given) {
  const one = (option) => h("option", { value: option.value }, option.text.text);
  if (given.type.includes("static_select")) {
    if (given.option_groups) return given.option_groups.map((group) => h("optgroup", { label: group.label.text }, group.options.map(one)));
    return given.options.map(one);
  }
  if (given.type.includes("users_select"))
    return [...state.people.values()].filter((person) => !person.bot).map((person) => h("option", { value: person.id }, person.name));
  if (given.type.includes("conversations_select") || given.type.includes("channels_select"))
    return [...state.channels.values()].filter((channel) => channel.kind !== "im").map((channel) => h("option", { value: channel.id }, `#${channel.name}`));
  return null;
}

/** Radio buttons or checkboxes, one below the other; the label stands in the legend around them. */
export function choices(given, block, context) {
  const value = [initial(given, context.filled?.(block.block_id, given.action_id)) ?? []].flat();
  const radio = given.type === "radio_buttons";
  const name = context.name ?? freshId("choice");
  const boxes = given.options.map((option) => {
    const id = freshId("option");
    const about = option.description && h("span", { class: "about", id: `${id}-about` }, option.description.text);
    const box = h("input", {
      type: radio ? "radio" : "checkbox",
      id,
      name,
      value: option.value,
      checked: value.includes(option.value),
      "aria-describedby": about ? `${id}-about` : null,
    });
    return { box, node: h("div", { class: "choice" }, box, h("label", { for: id }, option.text.text, " ", about)) };
  });
  const read = () => {
    const chosen = boxes.filter(({ box }) => box.checked).map(({ box }) => box.value);
    return radio ? chosen[0] ?? null : chosen;
  };
  const write = (now) => { for (const { box } of boxes) box.checked = [now ?? []].flat().includes(box.value); };
  const node = h("div", { class: "choices" }, boxes.map((one) => one.node));
  node.addEventListener("change", (event) => context.changed?.(read(), event.target));
  return registered(given, block, context, node, read, write);
}
