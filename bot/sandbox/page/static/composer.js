// The message box: Enter sends, Shift+Enter makes a new line, "/" offers the commands.

import { act } from "./acting.js";
import { $, h } from "./dom.js";
import { APP, here, me, state } from "./state.js";

const history = [];
let chosen = -1;

/** Wire the box up, once. */
export function startComposer() {
  const box = $("composer-text");
  box.addEventListener("input", () => { grow(box); offer(); });
  box.addEventListener("keydown", pressed);
  box.addEventListener("blur", () => setTimeout(() => { if (!$("composer").contains(document.activeElement)) offers([]); }, 0));
  box.addEventListener("focus", offer);
  $("composer").addEventListener("submit", (event) => { event.preventDefault(); send(); });
}

/** Fit the box to the place that is shown. */
export function showComposer() {
  const channel = here();
  const direct = state.place === APP;
  const closed = direct ? !$("home").hidden || me().external : !channel;
  $("composer").hidden = closed;
  if (closed) return;
  $("composer-label").textContent = `Message ${direct ? "Bifocal" : `#${channel.name}`} as ${me().name}`;
  $("composer-text").placeholder = `Message, or ${state.command.command}`;
  $("composer-hint").textContent = me().external ? `${me().name} is from another company: people from there have no slash commands here.` : "";
  offers([]);
}

function grow(box) {
  box.rows = Math.min(6, box.value.split("\n").length);
}

/** The commands that begin like what has been typed. */
function matching(text) {
  const { command } = state.command;
  if (!text.startsWith("/") || text.includes("\n")) return [];
  const typed = text.toLowerCase().trimEnd();
  if (!typed.startsWith(command)) return command.startsWith(typed) ? state.usage : [];
  const word = typed.slice(command.length).trim();
  return state.usage.filter((one) => one.example.startsWith(word) && one.example !== word);
}

function offer() {
  offers(matching($("composer-text").value));
}

function offers(rows) {
  const list = $("suggestions");
  const box = $("composer-text");
  chosen = -1;
  box.removeAttribute("aria-activedescendant");
  box.setAttribute("aria-expanded", String(rows.length > 0));
  list.hidden = !rows.length;
  const { command, description, usage_hint: hint } = state.command ?? {};
  list.replaceChildren(...(rows.length ? [h("li", { class: "about", role: "presentation" }, h("strong", {}, command), ` ${hint}`, h("br"), description)] : []), ...rows.map(row));
  list.scrollTop = 0;
}

function row(one, place) {
  return h("li", {
    role: "option",
    id: `suggestion-${place}`,
    "aria-selected": "false",
    data: { text: `${state.command.command} ${one.example}` },
    on: { mousedown: (event) => { event.preventDefault(); complete(event.currentTarget); } },
  }, h("code", {}, `${state.command.command} ${one.example}`), h("span", {}, one.gloss));
}

function complete(option) {
  const box = $("composer-text");
  box.value = option.dataset.text;
  offers([]);
  box.focus();
}

function choose(by) {
  const options = [...$("suggestions").querySelectorAll("[role=option]")];
  options[chosen]?.setAttribute("aria-selected", "false");
  chosen = (chosen + by + options.length + (chosen < 0 && by < 0 ? 1 : 0)) % options.length;
  options[chosen].setAttribute("aria-selected", "true");
  options[chosen].scrollIntoView({ block: "nearest" });
  $("composer-text").setAttribute("aria-activedescendant", options[chosen].id);
}

function pressed(event) {
  const box = event.currentTarget;
  const open = !$("suggestions").hidden;
  const option = $("suggestions").querySelector("[aria-selected=true]");
  if (event.isComposing) return;
  if (open && (event.key === "ArrowDown" || event.key === "ArrowUp")) choose(event.key === "ArrowDown" ? 1 : -1);
  else if (open && option && (event.key === "Enter" || event.key === "Tab")) complete(option);
  else if (open && event.key === "Escape") offers([]);
  else if (event.key === "Enter" && !event.shiftKey) send();
  else if (event.key === "ArrowUp" && !box.value && history.length) box.value = history.at(-1);
  else return;
  event.preventDefault();
}

async function send() {
  const box = $("composer-text");
  const text = box.value.trim();
  if (!text || $("send").getAttribute("aria-busy")) return;
  offers([]);
  const direct = state.place === APP;
  const kind = text.startsWith("/") && here() ? "command" : direct ? "write" : "say";
  const told = await act({ kind, channel: here()?.id ?? "", text }, $("send"));
  if (told.cannot) return;
  if (history.at(-1) !== text) history.push(text);
  if (box.value.trim() === text) box.value = "";
  grow(box);
}
