// Messages in a channel and in a thread. A change replaces only the blocks that changed: nothing jumps, focus stays.

import { act, touching } from "./acting.js";
import { block } from "./blocks.js";
import { $, h, unseen } from "./dom.js";
import { menu } from "./menus.js";
import { mrkdwn, unescaped } from "./mrkdwn.js";
import { here, person, standing, state } from "./state.js";
import { dayKey, dayOf, momentOf, timeOf } from "./times.js";

const MOST = 60; // messages that are drawn at first; earlier ones at a button
const NEAR = 120; // pixels from the foot within which the list follows what comes

let most = MOST;
const drawn = new WeakMap(); // article -> the JSON of each of its blocks

/** Draw the whole list anew, scrolled to its foot or to one message, from its top if it is longer than the screen. */
export function showMessages(at = null, { focused = true } = {}) {
  const list = $("messages");
  const all = standing(here());
  most = Math.max(MOST, at ? all.length - all.findIndex((one) => one.ts === at) : 0);
  list.setAttribute("aria-live", "off"); // a screen reader is to hear what comes, not the whole channel again
  setTimeout(() => list.removeAttribute("aria-live"), 500);
  list.replaceChildren(...nodes(all));
  const wanted = at && list.querySelector(`[data-ts="${CSS.escape(at)}"]`);
  scrollTo(list, wanted);
  if (wanted && focused) wanted.focus({ preventScroll: true });
}

/** Scroll the list, not the page; again when a picture has come, if nobody has scrolled meanwhile. */
function scrollTo(list, wanted) {
  const offset = () => wanted.getBoundingClientRect().top - list.getBoundingClientRect().top;
  const place = () => (wanted ? offset() : list.scrollTop);
  if (wanted) list.scrollTop += offset() - Math.max(0, list.clientHeight - wanted.offsetHeight) / 2;
  else list.scrollTop = list.scrollHeight;
  const before = place();
  const again = () => { if ((!wanted || list.contains(wanted)) && Math.abs(place() - before) < 2) scrollTo(list, wanted); };
  for (const picture of list.querySelectorAll("img")) if (!picture.complete) picture.addEventListener("load", again, { once: true });
}

function nodes(all) {
  const seen = all.slice(-most);
  const earlier = all.length > seen.length && h("button", { type: "button", class: "earlier", on: { click: more } }, `Show ${Math.min(MOST, all.length - seen.length)} earlier messages`);
  const empty = !all.length && h("p", { class: "empty" }, "Nothing has been said here yet.");
  let day = "";
  const rows = seen.map((message) => {
    const key = dayKey(Number(message.ts));
    const divider = key !== day && dayDivider(message);
    day = key;
    return [divider, article(message)];
  });
  return [earlier, empty, rows].flat(Infinity).filter(Boolean);
}

const dayDivider = (message) => h("h2", { class: "day", data: { day: dayKey(Number(message.ts)) } }, h("span", { data: { at: Number(message.ts) } }, dayOf(Number(message.ts))));

function more() {
  const list = $("messages");
  const before = list.scrollHeight - list.scrollTop;
  const first = list.querySelector("article")?.dataset.ts;
  most += MOST;
  list.replaceChildren(...nodes(standing(here())));
  list.scrollTop = list.scrollHeight - before;
  list.querySelector(`[data-ts="${CSS.escape(first)}"]`)?.focus({ preventScroll: true });
}

/** Show one message that has come or changed, in the list and in the open thread. */
export function showMessage(message) {
  if (message.thread_ts) {
    if (state.thread === message.thread_ts) showThread();
    const parent = here()?.messages.get(message.thread_ts);
    if (parent) renew($("messages"), parent);
    return;
  }
  const list = $("messages");
  if (renew(list, message)) {
    if (state.thread === message.ts) renew($("thread-messages"), message);
    return;
  }
  const mine = message.private || message.user === state.me; // whoever types wants to see the answer
  const follows = mine || list.scrollHeight - list.scrollTop - list.clientHeight < NEAR;
  list.querySelector(".empty")?.remove();
  const days = list.querySelectorAll(".day");
  if (days[days.length - 1]?.dataset.day !== dayKey(Number(message.ts))) list.append(dayDivider(message));
  list.append(article(message));
  if (follows) list.scrollTop = list.scrollHeight;
}

/** Take a message off the screen. */
export function dropMessage(ts) {
  for (const node of document.querySelectorAll(`[data-ts="${CSS.escape(ts)}"]`)) {
    if (node.contains(document.activeElement)) $("messages").focus();
    const before = node.previousElementSibling;
    const lonely = before?.matches(".day") && !node.nextElementSibling?.matches("article");
    node.remove();
    if (lonely) before.remove();
  }
}

function renew(list, message) {
  const old = list.querySelector(`[data-ts="${CSS.escape(message.ts)}"]`);
  if (!old) return false;
  const before = drawn.get(old);
  const now = (message.blocks ?? []).map((one) => JSON.stringify(one));
  const body = old.querySelector(".body");
  if (before.length && before.length === now.length) {
    const context = touched(message);
    now.forEach((json, place) => {
      if (json !== before[place]) body.children[place].replaceWith(block(message.blocks[place], context));
    });
  } else {
    body.replaceChildren(...content(message));
  }
  drawn.set(old, now);
  old.querySelector(".edited").hidden = !message.edited;
  old.querySelector(".replies")?.replaceWith(replies(message));
  return true;
}

function article(message, inThread = false) {
  const writer = person(message.user);
  const seconds = Number(message.ts);
  const node = h("article", { class: message.private ? "message private" : "message", tabindex: -1, data: { ts: message.ts }, "aria-label": `${writer.name}, ${timeOf(seconds)}${message.private ? ", only visible to you" : ""}` },
    message.private && h("p", { class: "only" }, "Only visible to you"),
    h("div", { class: `avatar${writer.bot ? " bot" : ""}`, "aria-hidden": "true" }, writer.bot ? "" : initials(writer.name)),
    h("header", {},
      h("strong", {}, writer.name),
      writer.bot && h("span", { class: "app" }, "APP"),
      writer.external && h("span", { class: "app" }, writer.company),
      h("time", { datetime: new Date(seconds * 1000).toISOString(), title: momentOf(seconds) }, timeOf(seconds)),
      h("span", { class: "edited", hidden: !message.edited }, "(edited)"),
      shortcuts(message)),
    h("div", { class: "body" }, content(message)),
    !inThread && replies(message));
  drawn.set(node, (message.blocks ?? []).map((one) => JSON.stringify(one)));
  return node;
}

function shortcuts(message) {
  if (message.private) return null;
  const where = { channel: message.channel, ts: message.ts };
  const items = state.shortcuts.map((one) => ({
    label: one.name,
    choose: (at) => act({ kind: "shortcut", ...where, action_id: one.id }, at),
  }));
  return menu("Message shortcuts", items, "shortcuts", "People from other companies have no shortcuts of Bifocal.");
}

function content(message) {
  const context = touched(message);
  if (message.blocks?.length) return message.blocks.map((one) => block(one, context));
  return [h("div", { class: "block text" }, message.mrkdwn ? mrkdwn(message.text ?? "") : unescaped(message.text ?? ""))];
}

const touched = (message) => ({ heading: "h3", ...touching(() => ({ channel: message.channel, ts: message.ts })) });

function replies(message) {
  const count = standing(here(), message.ts).length;
  const words = count === 1 ? "1 reply" : `${count} replies`;
  return h("button", { type: "button", class: "replies", hidden: !count, data: { key: "replies" }, on: { click: () => openThread(message.ts) } }, words, unseen(" in the thread"));
}

const initials = (name) => name.split(/\s+/).map((part) => part[0]).slice(0, 2).join("").toUpperCase();

/** Open the thread under a message, beside the channel. */
export function openThread(ts) {
  state.thread = ts;
  $("thread").hidden = false;
  showThread();
  $("thread-title").focus();
}

/** Close it, and go back to where it was opened. */
export function closeThread() {
  const ts = state.thread;
  state.thread = null;
  $("thread").hidden = true;
  document.querySelector(`#messages [data-ts="${CSS.escape(ts ?? "")}"] .replies`)?.focus();
}

/** Draw the open thread. */
export function showThread() {
  const channel = here();
  const parent = channel?.messages.get(state.thread);
  if (!parent) return closeThread();
  $("thread-messages").replaceChildren(...[parent, ...standing(channel, parent.ts)].map((one) => article(one, true)));
}

/** Up and down go from message to message, from the list into the newest one. */
export function moveAmongMessages(event) {
  const list = event.currentTarget;
  const current = document.activeElement;
  if (current !== list && !current.matches("article.message")) return;
  const all = [...list.querySelectorAll("article.message")];
  const at = all.indexOf(current);
  const next = { ArrowUp: at < 0 ? all.at(-1) : all[at - 1], ArrowDown: all[at + 1], Home: all[0], End: all.at(-1) }[event.key];
  if (!next || (at < 0 && event.key === "ArrowDown")) return;
  event.preventDefault();
  next.focus();
}
