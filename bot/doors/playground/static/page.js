// The page beside htmx: exchanging what has changed, staying at the end, tabs, and the lost server.
"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const app = $("app"), scroller = $("scroller"), newer = $("newer"), line = $("line");
  let atEnd = true;

  const toEnd = () => {
    scroller.scrollTop = scroller.scrollHeight;
    atEnd = true;
    newer.hidden = true;
  };

  // A thread stays open, with the words that are being written in it, while others go on in it.
  const threadAsIs = (item) => {
    const thread = item.querySelector("details.thread");
    if (!thread) return null;
    const field = thread.querySelector("input[name=text]");
    const [isOpen, words, isActive] = [thread.open, field?.value, field === document.activeElement];
    const place = field && [field.selectionStart, field.selectionEnd];
    return (next) => {
      const again = next.querySelector("details.thread");
      if (again) again.open = isOpen;
      const anew = again?.querySelector("input[name=text]");
      if (!anew || !field) return;
      anew.value = words;
      if (!isActive) return;
      anew.focus({ preventScroll: true });
      anew.setSelectionRange(...place);
    };
  };

  // Children with a key stay as they are while their version does: a form being filled in keeps its
  // words and its focus, and a screen reader hears only what is new.
  const mergeChildren = (list, incoming) => {
    const coming = new Map([...incoming.children].map((item) => [item.dataset.key, item]));
    const kept = new Map();
    for (const item of [...list.children]) {
      const next = coming.get(item.dataset.key);
      if (next?.dataset.version === item.dataset.version) continue;
      if (next) kept.set(next, threadAsIs(item));
      item.remove();
    }
    let place = list.firstElementChild;
    for (const item of coming.values()) {
      if (place?.dataset.key === item.dataset.key) {
        place = place.nextElementSibling;
      } else {
        list.insertBefore(item, place);
        htmx.process(item);
        kept.get(item)?.(item);
      }
    }
  };

  const exchange = (region, incoming) => {
    if (region.dataset.version === incoming.dataset.version) return;
    region.dataset.version = incoming.dataset.version;
    if (region.id === "channel") {
      const last = region.lastElementChild?.dataset.key;
      mergeChildren(region, incoming);
      if (!atEnd && region.lastElementChild?.dataset.key !== last) newer.hidden = false;
      return;
    }
    const be = region.querySelector("select");
    const picked = be && !be.selectedOptions[0]?.defaultSelected && !("chosen" in incoming.dataset) ? be.value : null;
    const place = [region.scrollLeft, region.scrollTop];
    const week = openWeek()?.dataset.week;
    region.replaceChildren(...incoming.childNodes);
    htmx.process(region);
    if (picked) region.querySelector("select").value = picked; // its answer is on the way
    region.scrollTo(...place);
    if (openWeek()?.dataset.week !== week) openWeek()?.scrollIntoView({ block: "nearest" });
  };
  const openWeek = () => app.querySelector(".week.open");

  // A form that was asked for is where the next words go; on a phone that would raise the keyboard.
  const enterForm = () => {
    const field = $("channel").querySelector("article:last-child form.ask :is(input:not([type=hidden]), select, textarea)");
    if (field && matchMedia("(pointer: fine)").matches) field.focus({ preventScroll: true });
  };

  // Done here and not by a swap of htmx: whoever asked may be gone from the page by the answer.
  const exchangeAll = (html, which) => {
    const focused = document.activeElement?.dataset.testid;
    const answer = new DOMParser().parseFromString(html, "text/html");
    for (const incoming of answer.querySelectorAll(which)) {
      exchange($(incoming.dataset.region), incoming);
    }
    if (focused && document.activeElement === document.body) {
      app.querySelector(`[data-testid="${focused}"]`)?.focus({ preventScroll: true });
    }
    if (atEnd) toEnd();
  };

  // What set out before something else was done here may know nothing of it: of such an answer only
  // what it alone says is taken, and the rest is looked at again.
  let answers = 0;
  const asOf = new WeakMap();
  document.body.addEventListener("htmx:beforeRequest", (event) => asOf.set(event.detail.xhr, answers));
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    const { target, isError, serverResponse, requestConfig, xhr } = event.detail;
    if (target !== app || isError) return;
    event.detail.shouldSwap = false;
    const { verb, path } = requestConfig;
    const isLate = asOf.get(xhr) !== answers;
    if (verb === "post") answers += 1;
    if (verb === "post" && !["/dismiss", "/thread"].includes(path)) atEnd = true;
    exchangeAll(serverResponse, isLate ? "[data-region=notice], [data-chosen]" : "[data-region]");
    if (isLate) htmx.trigger(app, "look");
    if (["/say", "/press", "/answer", "/empty"].includes(path)) enterForm();
  });

  scroller.addEventListener("scroll", () => {
    atEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 60;
    if (atEnd) newer.hidden = true;
  });
  new ResizeObserver(() => atEnd && toEnd()).observe(scroller);
  newer.addEventListener("click", toEnd);
  toEnd();
  openWeek()?.scrollIntoView({ block: "nearest" });

  // What the server says, and that it says nothing.
  const show = (id, shown) => { $(id).hidden = !shown; };
  let sent = "";
  document.body.addEventListener("htmx:configRequest", (event) => {
    const { path, parameters } = event.detail;
    if (["/say", "/thread"].includes(path)) sent = parameters.text;
    // Words said in a thread leave their field at once: the thread may be drawn anew before the answer.
    if (path === "/thread") event.target.querySelector("input[name=text]").value = "";
  });
  document.body.addEventListener("htmx:afterRequest", (event) => {
    const { successful, pathInfo } = event.detail;
    if (!successful) return;
    show("gone", false);
    show("broken", false);
    if (pathInfo?.requestPath === "/say" && line.value === sent) line.value = "";
    // What was refused comes back, with the reason beside it.
    if (pathInfo?.requestPath === "/thread" && $("notice").textContent) {
      const field = app.querySelector("details.thread[open] input[name=text]");
      if (field && !field.value) field.value = sent;
    }
  });
  document.body.addEventListener("htmx:sendError", () => show("gone", true));
  document.body.addEventListener("htmx:responseError", () => show("broken", true));

  const listen = () => {
    const source = new EventSource("/events");
    source.addEventListener("changed", () => htmx.trigger(app, "look"));
    source.addEventListener("open", () => {
      show("gone", false);
      htmx.trigger(app, "look");
    });
    source.addEventListener("error", () => {
      setTimeout(() => source.readyState !== EventSource.OPEN && show("gone", true), 1500);
      if (source.readyState === EventSource.CLOSED) setTimeout(listen, 3000);
    });
  };
  listen();

  // Tabs of the narrow page, the dialog, and small panels that close by themselves.
  document.addEventListener("click", (event) => {
    const tab = event.target.closest("button[data-tab]");
    if (tab) {
      app.dataset.tab = tab.dataset.tab;
      for (const each of app.querySelectorAll("button[data-tab]")) each.setAttribute("aria-pressed", each === tab);
      if (atEnd) toEnd();
    }
    const toThread = event.target.closest("a.to-thread");
    if (toThread) enterThread(event, toThread.hash.slice(1));
    const opener = event.target.closest("[data-opens]");
    if (opener) $(opener.dataset.opens).showModal();
    event.target.closest("[data-closes]")?.closest("dialog").close();
    closePanels((panel) => !panel.contains(event.target));
  });
  // A link to a thread opens it; its field is where the next words go.
  const enterThread = (event, id) => {
    const thread = $(id)?.closest("details");
    if (!thread) return;
    event.preventDefault();
    thread.open = true;
    atEnd = false;
    thread.closest("article").scrollIntoView({ block: "nearest" });
    const field = thread.querySelector("input[name=text]");
    if (field && matchMedia("(pointer: fine)").matches) field.focus({ preventScroll: true });
    else thread.querySelector("summary").focus({ preventScroll: true });
  };
  document.addEventListener("submit", (event) => event.target.closest("dialog")?.close());
  document.addEventListener("keydown", (event) => event.key === "Escape" && closePanels(() => true));
  const closePanels = (which) => {
    for (const panel of document.querySelectorAll("details.exact[open], details.newcomer[open]")) {
      if (which(panel)) panel.open = false;
    }
  };
})();
