// Slack's markup, turned into elements. Everything that is not markup becomes a text node.

import { h } from "./dom.js";
import { person, state } from "./state.js";
import { dated, moment } from "./times.js";

const MARKS = new RegExp(
  [
    "```([\\s\\S]+?)```",
    "`([^`\\n]+)`",
    "<([^<>\\n]+)>",
    "(?<![\\w*])\\*(?=\\S)([^*\\n]*?\\S|\\S)\\*(?![\\w*])",
    "(?<![\\w_])_(?=\\S)([^_\\n]*?\\S|\\S)_(?![\\w_])",
    "(?<![\\w~])~(?=\\S)([^~\\n]*?\\S|\\S)~(?![\\w~])",
  ].join("|"),
  "g",
);
const ENTITIES = { "&lt;": "<", "&gt;": ">", "&amp;": "&" };

/** The three characters that Slack escapes, as themselves. */
export const unescaped = (text) => text.replace(/&(?:lt|gt|amp);/g, (entity) => ENTITIES[entity]);

/** The nodes of a text with Slack's markup. */
export function mrkdwn(text) {
  const nodes = [];
  let quoted = [];
  const unquote = () => {
    if (quoted.length) nodes.push(h("blockquote", {}, marked(quoted.join("\n"))));
    quoted = [];
  };
  let plain = [];
  const flush = () => {
    if (plain.length) nodes.push(...marked(plain.join("\n")));
    plain = [];
  };
  for (const line of text.split("\n")) {
    const quote = /^(?:&gt;|>)\s?(.*)$/.exec(line);
    if (quote) {
      flush();
      quoted.push(quote[1]);
    } else {
      unquote();
      plain.push(line);
    }
  }
  unquote();
  flush();
  return nodes;
}

function marked(text) {
  const nodes = [];
  let at = 0;
  for (const found of text.matchAll(MARKS)) {
    if (found.index > at) nodes.push(unescaped(text.slice(at, found.index)));
    nodes.push(mark(found));
    at = found.index + found[0].length;
  }
  if (at < text.length) nodes.push(unescaped(text.slice(at)));
  return nodes;
}

function mark([whole, fenced, code, token, bold, italic, struck]) {
  if (fenced) return h("pre", {}, h("code", {}, unescaped(fenced.replace(/^\n/, ""))));
  if (code) return h("code", {}, unescaped(code));
  if (token) return reference(token) ?? unescaped(whole);
  if (bold) return h("strong", {}, marked(bold));
  if (italic) return h("em", {}, marked(italic));
  return h("s", {}, marked(struck));
}

function reference(token) {
  const bar = token.indexOf("|");
  const [target, label] = bar < 0 ? [token, ""] : [token.slice(0, bar), unescaped(token.slice(bar + 1))];
  if (target.startsWith("#")) return channelLink(target.slice(1));
  if (target.startsWith("@")) return h("span", { class: "mention" }, `@${person(target.slice(1)).name}`);
  if (target.startsWith("!date^")) {
    const [, seconds, format] = target.split("^");
    return moment(Number(seconds), dated(Number(seconds), format) ?? label, format, label);
  }
  if (target.startsWith("!")) return h("span", { class: "mention" }, label || `@${target.slice(1).split("^")[0]}`);
  return link(unescaped(target), label);
}

/** A channel by its name, to those who may see it. */
export function channelLink(id) {
  const name = state.named[id];
  if (!name) return h("span", { class: "mention" }, "a private channel");
  if (!state.channels.has(id)) return h("span", { class: "mention" }, `#${name}`);
  return h("a", { class: "mention", href: `#${id}` }, `#${name}`);
}

/** A link out, or to the message of this sandbox that it names; other kinds of address stay words. */
export function link(address, label = "") {
  const inside = placeOf(address);
  if (inside) return h("a", { href: inside }, label || address);
  if (!/^(?:https?:|mailto:)/i.test(address)) return label || address;
  return h("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, label || address);
}

/** The address on this page of a permalink to one of its messages, or null. */
export function placeOf(address) {
  const found = /\/archives\/(\w+)\/p(\d{10})(\d{6})(?:\?|$)/.exec(address);
  return found && state.channels.has(found[1]) ? `#${found[1]}/${found[2]}.${found[3]}` : null;
}
