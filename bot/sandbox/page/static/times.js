// Moments in the zone of whoever looks, in the wording of Slack's British English.

import { h } from "./dom.js";
import { me, state } from "./state.js";

function written(seconds, options) {
  return new Intl.DateTimeFormat("en-GB", { timeZone: me().zone, ...options }).format(new Date(seconds * 1000));
}

const DATE = { day: "numeric", month: "long", year: "numeric" };
const SHORT = { day: "numeric", month: "short", year: "numeric" };

/** "09:00" */
export const timeOf = (seconds) => written(seconds, { hour: "2-digit", minute: "2-digit" });

/** "Monday 16 November 2026", or "Today" and "Yesterday". */
export function dayOf(seconds) {
  return near(seconds, true) ?? written(seconds, { weekday: "long", ...DATE }).replace(",", "");
}

/** "Mon 16 Nov 2026, 09:00" */
export const momentOf = (seconds) => momentParts(seconds).join("");

/** The same in three parts, so that the year can give way on a narrow screen. */
export function momentParts(seconds) {
  const day = written(seconds, { weekday: "short", day: "numeric", month: "short" }).replace(",", "");
  return [day, ` ${written(seconds, { year: "numeric" })}`, `, ${timeOf(seconds)}`];
}

/** A day as a key to compare. */
export const dayKey = (seconds) => written(seconds, { day: "numeric", month: "numeric", year: "numeric" });

/** The number of a day in the zone of whoever looks, whatever its length. */
function dayNumber(seconds) {
  const [day, month, year] = dayKey(seconds).split("/").map(Number);
  return Date.UTC(year, month - 1, day) / 86400000;
}

function near(seconds, capital) {
  const words = [["yesterday", -1], ["today", 0], ["tomorrow", 1]];
  const found = words.find(([, days]) => dayNumber(seconds) === dayNumber(state.now) + days);
  if (!found) return null;
  return capital ? found[0][0].toUpperCase() + found[0].slice(1) : found[0];
}

const TOKENS = {
  date_num: (s) => written(s, { year: "numeric", month: "2-digit", day: "2-digit" }).split("/").reverse().join("-"),
  date: (s) => written(s, DATE),
  date_short: (s) => written(s, SHORT),
  date_long: (s) => written(s, { weekday: "long", ...DATE }).replace(",", ""),
  date_pretty: (s) => near(s) ?? written(s, DATE),
  date_short_pretty: (s) => near(s) ?? written(s, SHORT),
  date_long_pretty: (s) => near(s) ?? written(s, { weekday: "long", ...DATE }).replace(",", ""),
  day_divider_pretty: (s) => dayOf(s),
  time: timeOf,
  time_secs: (s) => written(s, { hour: "2-digit", minute: "2-digit", second: "2-digit" }),
  ago: (s) => `${Math.max(0, Math.round((state.now - s) / 60))} minutes ago`,
};

/** An element that says a moment; with the clock it says it anew. */
export function moment(seconds, words, format, title) {
  return h("time", { datetime: new Date(seconds * 1000).toISOString(), title, data: { at: seconds, format } }, words);
}

/** Let every "today" on the page move with the clock; only words change, so the focus stays. */
export function retell() {
  for (const spot of document.querySelectorAll("[data-at]")) {
    const seconds = Number(spot.dataset.at);
    const words = spot.dataset.format ? dated(seconds, spot.dataset.format) : dayOf(seconds);
    if (words !== null && words !== spot.textContent) spot.textContent = words;
  }
}

/** A date token's format filled in; null when it holds a word that Slack does not know. */
export function dated(seconds, format) {
  let known = true;
  const words = format.replace(/\{(\w+)\}/g, (whole, name) => {
    if (!(name in TOKENS)) known = false;
    return known ? TOKENS[name](seconds) : whole;
  });
  return known ? words : null;
}
