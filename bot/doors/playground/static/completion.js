// The list above the line: arrows choose, Tab or Enter takes, Esc closes; Enter otherwise sends.
"use strict";
(() => {
  const line = document.getElementById("line"), box = document.getElementById("suggestions");
  let active = -1;
  let isWanted = false; // Tab was quicker than the list

  const options = () => [...box.querySelectorAll("[role=option]")];
  const isFresh = () => box.firstElementChild?.dataset.line === line.value;

  const choose = (place) => {
    const all = options();
    active = all.length ? (place + all.length) % all.length : -1;
    all.forEach((option, at) => option.setAttribute("aria-selected", at === active));
    if (active < 0) return;
    line.setAttribute("aria-activedescendant", all[active].id);
    all[active].scrollIntoView({ block: "nearest" });
  };
  const open = () => {
    box.hidden = false;
    line.setAttribute("aria-expanded", "true");
    line.removeAttribute("aria-activedescendant");
    active = -1;
    if ("eager" in box.firstElementChild.dataset && isFresh()) choose(0);
  };
  const close = () => {
    box.hidden = true;
    active = -1;
    line.setAttribute("aria-expanded", "false");
    line.removeAttribute("aria-activedescendant");
  };
  const take = (option) => {
    line.value = option.dataset.takes;
    line.focus();
    line.setSelectionRange(line.value.length, line.value.length);
    line.scrollLeft = line.scrollWidth;
    close();
    htmx.trigger(line, "complete");
  };

  box.addEventListener("htmx:afterSwap", () => {
    const takes = isWanted && isFresh();
    if (isFresh()) isWanted = false;
    if (!options().length || document.activeElement !== line || !line.value.startsWith("/")) close();
    else if (takes) take(options()[0]);
    else open();
  });
  // Else the line would lose its focus, and the list with it, before the click arrives.
  box.addEventListener("pointerdown", (event) => event.preventDefault());
  box.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) take(option);
  });

  line.addEventListener("keydown", (event) => {
    // A Korean syllable under way takes Enter and the arrows for itself.
    if (event.isComposing || event.keyCode === 229) return;
    const isOpen = !box.hidden;
    if (event.key === "Escape" && isOpen) {
      event.preventDefault();
      event.stopPropagation();
      close();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!isOpen && !line.value.startsWith("/")) return;
      event.preventDefault();
      if (!isOpen) htmx.trigger(line, "complete");
      else choose(event.key === "ArrowDown" ? active + 1 : Math.max(active, 0) - 1);
    } else if (event.key === "Tab" && isOpen && !event.shiftKey) {
      event.preventDefault();
      if (isFresh()) take(options()[Math.max(active, 0)]);
      else isWanted = true;
    } else if (event.key === "Enter" && isOpen && isFresh() && active >= 0) {
      event.preventDefault();
      take(options()[active]);
    }
  });
  line.addEventListener("focus", () => line.value.startsWith("/") && htmx.trigger(line, "complete"));
  line.addEventListener("input", () => { isWanted = false; });
  line.addEventListener("blur", close);
  line.form.addEventListener("submit", close);
})();
