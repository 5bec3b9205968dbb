// rich_text blocks: sections, lists, quotations, code.

import { h } from "./dom.js";
import { channelLink, link } from "./mrkdwn.js";
import { person } from "./state.js";
import { dated, moment } from "./times.js";

/** The nodes of a rich_text block. */
export const richText = (block) => h("div", { class: "rich" }, block.elements.map(part));

function part(element) {
  switch (element.type) {
    case "rich_text_quote":
      return h("blockquote", {}, element.elements.map(inline));
    case "rich_text_preformatted":
      return h("pre", {}, h("code", {}, element.elements.map(inline)));
    case "rich_text_list":
      return h(element.style === "ordered" ? "ol" : "ul", {}, element.elements.map((item) => h("li", {}, item.elements.map(inline))));
    default:
      return h("p", {}, (element.elements ?? []).map(inline));
  }
}

function inline(element) {
  switch (element.type) {
    case "link":
      return styled(link(element.url, element.text), element.style);
    case "user":
      return h("span", { class: "mention" }, `@${person(element.user_id).name}`);
    case "channel":
      return channelLink(element.channel_id);
    case "emoji":
      return `:${element.name}:`;
    case "date":
      return moment(element.timestamp, dated(element.timestamp, element.format) ?? element.fallback ?? "", element.format);
    case "broadcast":
      return h("span", { class: "mention" }, `@${element.range}`);
    default:
      return styled(element.text ?? "", element.style);
  }
}

function styled(content, style = {}) {
  const tags = { code: "code", strike: "s", italic: "em", bold: "strong" };
  return Object.entries(tags).reduce((inner, [name, tag]) => (style[name] ? h(tag, {}, inner) : inner), content);
}
