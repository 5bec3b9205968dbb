// The three steps for a newcomer. A button does its step or leads to its place; what came of it is said beside them.

import { ask, watchActs } from "./acting.js";
import { $, h, unseen } from "./dom.js";
import { me, person, state } from "./state.js";
import { momentOf } from "./times.js";

const NAMES = ["Answer as a customer", "Skip to Monday", "Read the digest"];
const KINDS = { lead: "a lead", both: "a customer and user", buyer: "a customer", user: "a user", external: "from another company" };
const PATIENCE = 1500; // milliseconds for the count to follow an answer; one that was only changed raises none

let ways = {};
let awaited = null; // {place, count, saved, timer}: an answer, and the count under its question

/** Wire the strip up, once. `become(id, place)` acts as somebody at a place, `pass(to)` lets time pass. */
export function startSteps(given) {
  ways = given;
  $("steps").replaceChildren(...NAMES.map((name, at) => h("li", {}, h("button", {
    type: "button", data: { number: at + 1 }, on: { click: (event) => take(at + 1, event.currentTarget) },
  }, h("span", { class: "number" }, String(at + 1)), " ", name, h("span", { class: "mark" })))));
  watchActs({ begun, ended });
}

/** Say whom this tab acts as. */
export function showSteps() {
  $("tour").hidden = !state.steps;
  const kind = KINDS[me().role];
  $("who").replaceChildren("You are ", h("strong", {}, me().name), kind ? `, ${kind}.` : ".");
}

async function take(number, button) {
  if (button.hasAttribute("aria-busy")) return;
  button.setAttribute("aria-busy", "true");
  document.querySelector(".led")?.classList.remove("led");
  for (let later = number; later <= NAMES.length; later += 1) mark(later, false);
  await [answer, () => ways.pass("monday"), read][number - 1]();
  button.removeAttribute("aria-busy");
}

async function answer() {
  const told = await ask("/question");
  if (!told.place) return;
  await ways.become(state.steps.customer, told.place);
  const question = article(told.place);
  question?.classList.add("led");
  question?.querySelector(".actions button")?.focus({ preventScroll: true });
  const asked = told.asked ? `${person(state.steps.lead).name} asked something new, and others have answered. ` : "";
  say(`${asked}You are now ${me().name}. Press an answer.`);
}

async function read() {
  await ways.become(state.steps.lead, "");
  article(state.opens)?.focus({ preventScroll: true });
  mark(3, true);
  say(`This is the newest digest, as a lead reads it. Press a button under it, or go on with 1.`);
}

const article = (place) => document.querySelector(`#messages [data-ts="${CSS.escape(place.split("/")[1] ?? "")}"]`);

function begun(body) {
  const answers = /^point\//.test(body.action_id ?? "") && body.channel && me().role !== "lead";
  if (!state.steps || !answers) return;
  clearTimeout(awaited?.timer);
  awaited = { place: `${body.channel}/${body.ts}` };
}

function ended(body, told) {
  if (awaited?.place !== `${body.channel}/${body.ts}` || !body.action_id) return;
  if (told.cannot || told.trouble) awaited = null;
  else if (awaited.count) answered(awaited.count);
  else Object.assign(awaited, { saved: true, timer: setTimeout(answered, PATIENCE) });
}

/** A message has changed: perhaps it has the count that an answer has raised. */
export function counted(message) {
  if (awaited?.place !== `${message.channel}/${message.ts}`) return;
  awaited.count = /(\d+) answered/.exec(JSON.stringify(message.blocks ?? []))?.[1];
  if (awaited.saved && awaited.count) answered(awaited.count);
}

function answered(count) {
  clearTimeout(awaited?.timer);
  awaited = null;
  mark(1, true);
  say(`Saved${count ? `: ${count === "1" ? "1 person has" : `${count} people have`} answered now` : ""}. Write why or close the form, then press 2.`);
}

/** Time has passed, by whatever button; `fresh` says whether a digest came. */
export function passed(to, fresh) {
  const now = `It is ${momentOf(state.now)}.`;
  if (to !== "monday") return say(now);
  mark(2, true);
  say(`${now} ${fresh ? "The new digest stands in the team’s channel: press 3." : "No digest came: one comes when something new is counted."}`);
}

function mark(number, is) {
  const button = $("steps").querySelector(`[data-number="${number}"]`);
  button.classList.toggle("done", is);
  button.querySelector(".mark").replaceChildren(...(is ? [unseen(","), " done"] : []));
}

function say(words) {
  $("said").textContent = words;
}
