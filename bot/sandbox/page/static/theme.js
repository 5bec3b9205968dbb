// Light or dark: as the system says, until a person chooses; then as chosen, also the next time.

import { $ } from "./dom.js";

const dark = matchMedia("(prefers-color-scheme: dark)");
const KEY = "bifocal-sandbox-theme";

function kept() {
  try { return localStorage.getItem(KEY); } catch { return null; }
}

function show(choice) {
  if (choice) document.documentElement.dataset.theme = choice;
  const now = choice ?? (dark.matches ? "dark" : "light");
  $("theme").textContent = now === "dark" ? "Light" : "Dark";
  $("theme").setAttribute("aria-label", now === "dark" ? "Light theme" : "Dark theme");
  $("theme").dataset.next = now === "dark" ? "light" : "dark";
}

/** Wire the switch up, once. */
export function startTheme() {
  show(kept());
  dark.addEventListener("change", () => show(kept()));
  $("theme").addEventListener("click", () => {
    const { next } = $("theme").dataset;
    try { localStorage.setItem(KEY, next); } catch { /* private windows may refuse */ }
    show(next);
  });
}
