// SPDX-License-Identifier: Apache-2.0
// Pointing at an event lights up its evidence, all pieces of it, and the other way round; so does arriving at "#event-ID".

const marksOf = (id: string): HTMLElement[] =>
  [...document.querySelectorAll<HTMLElement>("mark[data-events]")].filter((mark) => (mark.dataset.events ?? "").split(" ").includes(id));

const noteOf = (id: string): HTMLElement | null => document.getElementById(`note-${id}`);

export function light(id: string, on: boolean): void {
  for (const mark of marksOf(id)) mark.classList.toggle("lit", on);
  noteOf(id)?.classList.toggle("lit", on);
}

function lightWhile(element: HTMLElement, ids: string[]): void {
  const set = (on: boolean) => (): void => ids.forEach((id) => light(id, on));
  element.addEventListener("pointerenter", set(true));
  element.addEventListener("pointerleave", set(false));
  element.addEventListener("focusin", set(true));
  element.addEventListener("focusout", set(false));
}

// The target of the address, which may lie inside a folded part or have several pieces.
function followAddress(): void {
  for (const lit of document.querySelectorAll("mark.lit, .note.lit")) lit.classList.remove("lit");
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  const folded = target.closest("details");
  if (folded && !folded.open) {
    folded.open = true;
    target.scrollIntoView();
  }
  const event = /^(?:event|note)-(.+)$/.exec(target.id)?.[1];
  if (event) light(event, true);
  const inside = target.querySelector("details");
  if (target.id === "removed" && inside) inside.open = true;
}

export function addLinking(): void {
  for (const note of document.querySelectorAll<HTMLElement>(".note[data-event]")) lightWhile(note, [note.dataset.event ?? ""]);
  for (const mark of document.querySelectorAll<HTMLElement>("mark[data-events]")) {
    lightWhile(mark, (mark.dataset.events ?? "").split(" "));
  }
  addEventListener("hashchange", followAddress);
  followAddress();
}
