// Acts go to the server, which does them in the fake Slack. What it refuses is said at the foot of the page.

import { $ } from "./dom.js";
import { confirmed } from "./confirm.js";
import { state } from "./state.js";

let hiding = 0;
/** Say a sentence at the foot of the page for a while. */
export function toast(words) {
  $("toast").textContent = words;
  clearTimeout(hiding);
  hiding = setTimeout(() => { $("toast").textContent = ""; }, 8000);
}

let watcher = { begun() {}, ended() {} };
/** Tell of each act when it begins and what it was told when it ends. */
export function watchActs(given) {
  watcher = given;
}

async function post(path, body) {
  const address = `${path}?as=${encodeURIComponent(state.me)}`;
  const response = await fetch(address, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
  return response.headers.get("Content-Type")?.startsWith("application/json") ? response.json() : { cannot: await response.text() };
}

/** Do one act while `at` shows that it is under way; gives {errors, trouble, cannot}. */
export async function act(body, at = null) {
  at?.setAttribute("aria-busy", "true");
  watcher.begun(body);
  const told = await ask("/act", body);
  if (told.trouble) toast(told.trouble);
  at?.removeAttribute("aria-busy");
  watcher.ended(body, told);
  return told;
}

/** Ask the server for something; what it cannot do is said, and stands in `cannot`. */
export async function ask(path, body = {}) {
  try {
    const told = await post(path, body);
    if (told.cannot) toast(told.cannot[0].toUpperCase() + told.cannot.slice(1));
    return told;
  } catch {
    toast("The sandbox does not answer. Is it still running?");
    return { cannot: "no answer" };
  }
}

/** How the elements of one message or view act: `where` gives what names it, with what has been filled in. */
export function touching(where) {
  return {
    click: async (given, block, at) => {
      const yes = given.confirm ? await confirmed(given.confirm) : undefined;
      if (yes === false) return;
      await act({ kind: "click", ...where(), ...named(given, block), value: given.value ?? null, ...(yes ? { confirm: true } : {}) }, at);
    },
    select: async (given, block, value, at) => {
      const yes = given.confirm ? await confirmed(given.confirm) : undefined;
      if (yes === false) return;
      await act({ kind: "select", ...where(), ...named(given, block), value, ...(yes ? { confirm: true } : {}) }, at);
    },
  };
}

const named = (given, block) => ({ action_id: given.action_id, block_id: block.block_id });
