// The page: one tab is one person. The address says who (?as=) and where (#channel).

import { ask, toast } from "./acting.js";
import { openCalls, showCall } from "./calls.js";
import { showComposer, startComposer } from "./composer.js";
import { $, h } from "./dom.js";
import { closeThread, dropMessage, moveAmongMessages, showMessage, showMessages, showThread } from "./messages.js";
import { showViews } from "./modal.js";
import { follow } from "./news.js";
import { startParts } from "./parts.js";
import { openDrawer, showChannels, showHome, showPlace, showSide, showTab } from "./side.js";
import { counted, passed, showSteps, startSteps } from "./steps.js";
import { APP, directMessages, here, state, take, takeMessage } from "./state.js";
import { startTheme } from "./theme.js";
import { momentParts, retell } from "./times.js";

const narrow = matchMedia("(max-width: 760px)");
const wanted = () => new URLSearchParams(location.search).get("as") ?? "";

let opening = ""; // whom an address that names nobody acts as

async function load(as) {
  if (state.thread) closeThread();
  const response = await fetch(`/screen?as=${encodeURIComponent(as)}`);
  take(await response.json());
  showSide();
  showSteps();
  go();
  showClock(false);
  showViews();
  listen(state.next);
  document.body.dataset.ready = state.me;
  performance.mark("screen");
}

function listen(since) {
  const calls = !$("calls").hidden;
  follow({ as: state.me, since: calls ? Math.max(0, since - 120) : since, calls }, (told, next) => {
    const past = next <= state.next;
    state.next = Math.max(next, state.next);
    for (const one of told) if (!past || one.type === "call") hear(one);
  }, (lost) => {
    if (lost === "away") toast("The connection is lost. Trying again.");
    if (lost === "ended") toast("This sandbox has ended. Start it again, then reload the page.");
  });
}

function hear(told) {
  if (told.type === "message") heardMessage(told);
  else if (told.type === "gone") {
    state.channels.get(told.channel)?.messages.delete(told.ts);
    if (here()?.id === told.channel) dropMessage(told.ts);
    if (state.thread) showThread();
  } else if (told.type === "views") {
    state.views = told.views;
    showViews();
    if (JSON.stringify(state.home) === JSON.stringify(told.home)) return;
    state.home = told.home;
    showHome();
  } else if (told.type === "clock") {
    state.now = told.now;
    showClock(told.going);
    retell();
  } else if (told.type === "call") showCall(told);
}

function heardMessage(told) {
  const channel = takeMessage(told);
  counted(told.message);
  if (here() === channel) {
    showMessage(told.message);
    if (state.place === APP && told.new) showTab("messages");
  } else if (told.new) {
    state.unread.add(channel === directMessages() ? APP : channel.id);
    showChannels();
  }
}

function go() {
  const [place, ts] = (decodeURIComponent(location.hash.slice(1)) || state.opens).split("/");
  const first = [...state.channels.values()].find((channel) => channel.kind !== "im")?.id ?? APP;
  state.place = place === APP || state.channels.has(place) ? place : first;
  state.unread.delete(state.place);
  if (state.thread) closeThread();
  showChannels();
  showPlace();
  showComposer();
  showMessages(ts, { focused: location.hash !== "" });
  openDrawer(false);
}

function showClock(going) {
  const [day, year, time] = momentParts(state.now);
  $("now").replaceChildren(day, h("span", { class: "year" }, year), time);
  $("now").dateTime = new Date(state.now * 1000).toISOString();
  busy(going);
}

let passing = false;

async function pass(to) {
  if (passing) return;
  passing = true;
  busy(true);
  const told = await ask("/step", { to });
  busy(false);
  passing = false;
  if (told.cannot) return;
  state.now = told.now;
  showClock(false);
  passed(to, told.fresh);
}

async function become(id, place) {
  const address = `?as=${id}${place && `#${place}`}`;
  if (location.search + location.hash !== address) history.pushState(null, "", address);
  await load(id);
}

function busy(going) {
  for (const button of document.querySelectorAll("[data-step]")) {
    if (going) button.setAttribute("aria-busy", "true");
    else button.removeAttribute("aria-busy");
  }
}

function toggleCalls(open) {
  openCalls(open);
  listen(state.next);
}

/** On a narrow screen the tools stand in the drawer. */
function placeTools() {
  if (narrow.matches) $("note").before($("tools"));
  else $("bar").append($("tools"));
}

function start() {
  placeTools();
  narrow.addEventListener("change", placeTools);
  startTheme();
  startComposer();
  $("actor").addEventListener("change", () => {
    history.pushState(null, "", `?as=${$("actor").value}${location.hash}`);
    load($("actor").value);
  });
  addEventListener("popstate", () => { if ((wanted() || opening) !== state.me) load(wanted()); });
  addEventListener("hashchange", go);
  for (const button of document.querySelectorAll("[data-step]")) button.addEventListener("click", () => pass(button.dataset.step));
  startParts();
  startSteps({ become, pass });
  $("menu").addEventListener("click", () => openDrawer(!$("side").classList.contains("open")));
  $("side").addEventListener("keydown", (event) => { if (event.key === "Escape") { openDrawer(false); $("menu").focus(); } });
  $("calls-toggle").addEventListener("click", () => toggleCalls($("calls").hidden));
  $("calls-close").addEventListener("click", () => toggleCalls(false));
  $("thread-close").addEventListener("click", closeThread);
  for (const [panel, close] of [["thread", closeThread], ["calls", () => toggleCalls(false)]])
    $(panel).addEventListener("keydown", (event) => { if (event.key === "Escape" && !event.defaultPrevented) close(); });
  for (const list of [$("messages"), $("thread-messages")]) list.addEventListener("keydown", moveAmongMessages);
  for (const name of ["home", "messages"]) $(`tab-${name}`).addEventListener("click", () => showTab(name));
  $("tabs").addEventListener("keydown", (event) => {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    const other = $("tab-home").ariaSelected === "true" ? "messages" : "home";
    showTab(other);
    $(`tab-${other}`).focus();
  });
  load(wanted()).then(() => { opening ||= wanted() ? "" : state.me; });
}

start();
