// The side: whom this tab acts as, the channels, the app. On a narrow screen it is a drawer.

import { act, touching } from "./acting.js";
import { block } from "./blocks.js";
import { showComposer } from "./composer.js";
import { $, h, unseen } from "./dom.js";
import { APP, here, me, standing, state } from "./state.js";

const ROLES = { lead: "Leads", both: "Pay and use", buyer: "Customers", user: "Users", external: "Other companies" };
const ABOUT = {
  lead: "Asks, schedules, reads comments and digests.",
  both: "Pays for Atlas and works in it every day.",
  buyer: "Pays for Atlas.",
  user: "Works in Atlas every day.",
  external: "Is from another company, in a shared channel.",
};

/** Draw everything at the side. */
export function showSide() {
  showActors();
  showChannels();
}

function showActors() {
  const people = [...state.people.values()].filter((person) => !person.bot);
  const groups = Object.entries(ROLES).map(([role, label]) => [label, people.filter((person) => person.role === role)]);
  groups.push(["Others", people.filter((person) => !(person.role in ROLES))]);
  const option = (person) => h("option", { value: person.id }, person.name);
  $("actor").replaceChildren(...groups.filter(([, some]) => some.length).map(([label, some]) => h("optgroup", { label }, some.map(option))));
  $("actor").value = state.me;
  $("actor-about").textContent = [ABOUT[me().role], `Time zone: ${me().zone.replace("_", " ")}.`].filter(Boolean).join(" ");
}

/** Draw the channels, with what is shown and what is new. */
export function showChannels() {
  const channels = [...state.channels.values()].filter((channel) => channel.kind !== "im");
  $("channels").replaceChildren(...channels.map((channel) => row(channel.id, `# ${channel.name}`)));
  $("apps").replaceChildren(row(APP, "Bifocal"));
}

function row(id, name) {
  const fresh = state.unread.has(id);
  return h("li", {}, h("a", { href: `#${id}`, "aria-current": state.place === id ? "page" : null, class: fresh ? "fresh" : null }, name, fresh && unseen(", new messages")));
}

/** Draw the title above the messages. */
export function showPlace() {
  const channel = here();
  const app = state.place === APP;
  $("place-name").textContent = app ? "Bifocal" : `# ${channel.name}`;
  $("place-about").textContent = app ? "App" : [`${channel.people} people`, channel.kind === "private_channel" && "private", channel.shared && "shared with another company"].filter(Boolean).join(", ");
  $("tabs").hidden = !app;
  $("messages").setAttribute("aria-label", app ? "Direct messages from Bifocal" : `Messages in #${channel.name}`);
  document.title = `${app ? "Bifocal" : `#${channel.name}`} as ${me().name}, Bifocal sandbox`;
  showTab(app && !standing(channel).length ? "home" : "messages");
}

/** Show the app's home tab or its messages. */
export function showTab(name) {
  const home = state.place === APP && name === "home";
  $("home").hidden = !home;
  $("messages").hidden = home;
  for (const tab of ["home", "messages"]) {
    $(`tab-${tab}`).setAttribute("aria-selected", String(tab === name));
    $(`tab-${tab}`).tabIndex = tab === name ? 0 : -1;
  }
  $("messages").setAttribute("role", state.place === APP ? "tabpanel" : "log");
  showComposer();
  if (!home) return;
  showHome();
  if (!me().external) act({ kind: "home" }, $("home"));
}

/** Draw the app's home tab as the bot has published it last. */
export function showHome() {
  const known = state.home;
  const without = me().external ? "People from other companies do not see Bifocal's pages." : "Bifocal is asked for this page.";
  const context = { heading: "h2", ...touching(() => ({ view: known?.id ?? "" })) };
  const drawn = known ? [h("div", { class: "home" }, known.blocks.map((one) => block(one, context)))] : [h("p", { class: "empty" }, without)];
  const at = document.activeElement?.closest("#home") && document.activeElement.dataset.key;
  $("home").replaceChildren(...drawn);
  if (at) $("home").querySelector(`[data-key="${CSS.escape(at)}"]`)?.focus();
}

/** Open or close the drawer of a narrow screen. */
export function openDrawer(open) {
  $("side").classList.toggle("open", open);
  $("menu").setAttribute("aria-expanded", String(open));
  if (open) $("actor").focus();
}
