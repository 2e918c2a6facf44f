// SPDX-License-Identifier: Apache-2.0
// A button that copies the citation; only where the browser lets a page do so.

export function addCopying(): void {
  const citation = document.getElementById("citation");
  if (!citation || !navigator.clipboard) return;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Copy citation";
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  button.addEventListener("click", () => {
    navigator.clipboard.writeText(citation.textContent ?? "").then(
      () => (said.textContent = "Copied."),
      () => (said.textContent = "The browser did not allow it: select the text instead."),
    );
  });
  document.querySelector(".cite .links")?.prepend(button, said);
}
