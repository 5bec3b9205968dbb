// Block Kit, drawn as Slack draws it. `context` says where: what an element does, what is filled in.

import { h } from "./dom.js";
import { element, isButton } from "./elements.js";
import { input } from "./inputs.js";
import { mrkdwn } from "./mrkdwn.js";
import { richText } from "./richtext.js";
import { state } from "./state.js";

/** A text object's nodes. */
export function words(text) {
  if (text.type === "mrkdwn") return mrkdwn(text.text);
  return [text.text];
}

/** One block. */
export function block(given, context) {
  const node = drawn(given, context);
  node.dataset.block = given.block_id ?? "";
  return node;
}

function drawn(given, context) {
  switch (given.type) {
    case "header":
      return h(context.heading ?? "h3", { class: "block header" }, given.text.text);
    case "section":
      return section(given, context);
    case "actions":
      return h("div", { class: "block actions" }, given.elements.map((one) => element(one, given, context)));
    case "context":
      return h("div", { class: "block context" }, given.elements.map(small));
    case "divider":
      return h("hr", { class: "block" });
    case "image":
      return picture(given);
    case "rich_text":
      return h("div", { class: "block" }, richText(given));
    case "input":
      return input(given, context);
    case "table":
      return table(given);
    default:
      return h("p", { class: "block undrawn" }, `A block of the type "${given.type}", which this page does not draw.`);
  }
}

function section(given, context) {
  const text = given.text && h("div", { class: "text" }, words(given.text));
  const fields =
    given.fields && h("div", { class: "fields" }, given.fields.map((field) => h("div", { class: "text" }, words(field))));
  const accessory = given.accessory && beside(given.accessory, given, context);
  return h("div", { class: `block section${accessory ? " with-accessory" : ""}` }, h("div", {}, text, fields), accessory);
}

function beside(accessory, given, context) {
  if (accessory.type === "image") return image(accessory, "beside");
  return h("div", { class: isButton(accessory) ? "accessory" : "accessory wide" }, element(accessory, given, context));
}

function small(one) {
  if (one.type === "image") return image(one, "small");
  return h("span", { class: "text" }, words(one));
}

function picture(given) {
  return h(
    "figure",
    { class: "block picture" },
    given.title && h("figcaption", {}, given.title.text),
    image(given, "whole"),
  );
}

/** A picture that the fake Slack itself holds; one from elsewhere is named, for this page loads nothing from outside. */
export function image(given, size) {
  const file = given.slack_file;
  const address = given.image_url ?? file?.url ?? (file?.id ? `${state.pictures}/files/${file.id}` : "");
  if (state.pictures && address.startsWith(`${state.pictures}/`)) return h("img", { src: address, alt: given.alt_text, class: size });
  return h("span", { class: "unloaded" }, `Picture from elsewhere, not loaded: ${given.alt_text}`);
}

function table(given) {
  const cell = (tag) => (one) => h(tag, {}, one.type === "rich_text" ? richText(one) : one.text);
  const [head, ...rows] = given.rows;
  return h(
    "div",
    { class: "block scrolled", tabindex: 0, role: "group", "aria-label": "Table" },
    h(
      "table",
      {},
      h("thead", {}, h("tr", {}, head.map(cell("th")))),
      h("tbody", {}, rows.map((row) => h("tr", {}, row.map(cell("td"))))),
    ),
  );
}
