// SPDX-License-Identifier: Apache-2.0
// j and k walk through the events of a page, Enter or o opens the why of the one at hand, / goes to the search, ? explains.

const KEYS: readonly (readonly [string, string])[] = [
  ["j", "next event"],
  ["k", "previous event"],
  ["Enter or o", "why it is here"],
  ["e", "its evidence"],
  ["/", "search"],
  ["?", "these keys"],
];

const stops = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>(".event[data-why], .note[data-why]")].filter((stop) => stop.checkVisibility());

let at = -1;

function go(step: number): void {
  const all = stops();
  if (all.length === 0) return;
  const focused = all.findIndex((stop) => stop.contains(document.activeElement));
  at = Math.min(Math.max((focused >= 0 ? focused : at) + step, 0), all.length - 1);
  const stop = all[at];
  if (!stop) return;
  // The event itself takes the focus, so that Enter on its links goes on doing what links do.
  stop.tabIndex = -1;
  stop.focus({ preventScroll: true });
  stop.scrollIntoView({ block: "center" });
}

function atHand(): HTMLElement | undefined {
  return stops().find((stop) => stop.contains(document.activeElement));
}

function help(): HTMLDialogElement {
  const found = document.querySelector<HTMLDialogElement>("dialog#keys");
  if (found) return found;
  const dialog = document.createElement("dialog");
  dialog.id = "keys";
  dialog.setAttribute("aria-labelledby", "keys-title");
  const title = document.createElement("h2");
  title.id = "keys-title";
  title.textContent = "Keys";
  const list = document.createElement("dl");
  for (const [key, does] of KEYS) {
    const term = document.createElement("dt");
    const cap = document.createElement("kbd");
    cap.textContent = key;
    term.append(cap);
    const meaning = document.createElement("dd");
    meaning.textContent = does;
    list.append(term, meaning);
  }
  const close = document.createElement("button");
  close.type = "button";
  close.textContent = "Close";
  close.addEventListener("click", () => dialog.close());
  dialog.append(title, list, close);
  document.body.append(dialog);
  return dialog;
}

const typing = (target: EventTarget | null): boolean => target instanceof HTMLElement && target.matches("input, select, textarea, [contenteditable]");

function onKey(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) return;
  if (document.querySelector("dialog[open]")) return;
  const why = atHand()?.dataset.why;
  switch (event.key) {
    case "j": return go(1);
    case "k": return go(-1);
    case "o":
      if (why) location.assign(why);
      return;
    case "Enter":
      if (why && event.target instanceof Element && event.target.matches("[data-why]")) location.assign(why);
      return;
    case "e": {
      const link = atHand()?.querySelector<HTMLAnchorElement>("h3 a, a.number");
      if (link) location.assign(link.href);
      return;
    }
    case "/":
      event.preventDefault();
      document.querySelector<HTMLInputElement>("#f-q, #find")?.focus();
      return;
    case "?":
      help().showModal();
      return;
  }
}

export function addKeys(): void {
  addEventListener("keydown", onKey);
}
