// The panel for the curious: each call between Slack and Bifocal as it happens.

import { $, h } from "./dom.js";
import { momentOf } from "./times.js";

const MOST = 300;

/** Append one call; the list follows while it is at its foot. */
export function showCall(call) {
  const list = $("calls-list");
  const follows = list.scrollHeight - list.scrollTop - list.clientHeight < 80;
  const from = call.who === "Bifocal" ? "bot" : "slack";
  list.append(
    h("li", { class: `call ${from}${call.ok ? "" : " bad"}` },
      h("details", {},
        h("summary", {}, h("span", { class: "who" }, call.who), " ", h("span", { class: "what" }, call.what)),
        h("p", {}, momentOf(call.at)),
        h("pre", { tabindex: 0 }, JSON.stringify(call.facts, null, 1)))),
  );
  while (list.children.length > MOST) list.firstChild.remove();
  if (follows) list.scrollTop = list.scrollHeight;
}

/** Show or hide the panel. */
export function openCalls(open) {
  $("calls").hidden = !open;
  $("calls-toggle").setAttribute("aria-expanded", String(open));
  if (open) {
    $("calls-list").replaceChildren();
    $("calls-title").focus();
  } else $("calls-toggle").focus();
}
