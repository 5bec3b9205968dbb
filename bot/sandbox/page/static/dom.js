// The only place where elements are made. Words go in as text nodes; nothing is ever read as HTML.

/** An element with properties and children. `on` holds listeners, `data` data attributes; false and null are left out. */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "on") for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
    else if (name === "data") Object.assign(element.dataset, value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** The element of that id. */
export const $ = (id) => document.getElementById(id);

/** Words for screen readers only. */
export const unseen = (words) => h("span", { class: "unseen" }, words);

let count = 0;
/** An id that no other element has. */
export const freshId = (stem) => `${stem}-${(count += 1)}`;
