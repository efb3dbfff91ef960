// What a script adds to transcripts: the lit passage of the answer in the address is brought into view; buttons, or n and
// p, walk the matches; j and k go from item to item; the bar says whose words are being read. Of a long transcript, which
// comes in parts, the rest is fetched once the first part is there.
"use strict";

(() => {
  const lit = () => [...document.querySelectorAll("mark[id]")];
  let marks = lit();
  const bar = document.querySelector(".context");
  const counted = bar && bar.querySelector(".match-count");
  let at = -1;

  const height = () => (bar ? bar.getBoundingClientRect().height : 0);

  const inView = (element) => {
    const box = element.getBoundingClientRect();
    return box.top >= height() && box.bottom <= window.innerHeight;
  };

  // Never smoothly: a match may be far away. What is folded away around it is opened first.
  const reach = (element) => {
    for (let fold = element.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    if (!inView(element)) element.scrollIntoView({ block: "center", behavior: "instant" });
  };

  const choose = (place, move) => {
    at = place;
    document.querySelectorAll("mark.now").forEach((mark) => mark.classList.remove("now"));
    document.querySelectorAll(`mark#${marks[at].id}, mark[data-match="${marks[at].id}"]`).forEach((mark) => mark.classList.add("now"));
    if (counted) {
      // A part of a transcript has some of its matches; their list has all.
      const all = document.querySelectorAll(".matches li").length || marks.length;
      const place = marks.length < all ? Number(marks[at].id.replace(/\D/g, "")) : at + 1;
      counted.textContent = counted.dataset.place.replace("{at}", place).replace("{all}", all);
    }
    if (move) reach(marks[at]);
  };

  const walk = (by) => {
    if (marks.length) choose(at < 0 ? nearest(by) : (at + by + marks.length) % marks.length, true);
  };

  // Whoever has read on begins at the next match from there; from the top, that is the first, or backwards the last.
  const nearest = (by) => {
    const line = height();
    const below = marks.findIndex((mark) => mark.getBoundingClientRect().top >= line);
    if (by > 0) return below < 0 ? 0 : below;
    return ((below < 0 ? marks.length : below) - 1 + marks.length) % marks.length;
  };

  // The address names an answer (#7) or a match (#match-3): its first lit passage is what the reader came for.
  const land = (move) => {
    const target = location.hash && document.getElementById(location.hash.slice(1));
    if (!target) return;
    const place = marks.findIndex((mark) => mark === target || target.contains(mark));
    if (place >= 0) choose(place, move);
  };

  // From item to item, or from row to row where two editions stand side by side: at its top, focus with it.
  const step = (by) => {
    const rows = [...document.querySelectorAll('.sides > .row[role="group"], .reading > .item')];
    const top = (row) => row.getBoundingClientRect().top;
    const held = rows.findIndex((row) => row.contains(document.activeElement));
    const near = held >= 0 && rows[held].getBoundingClientRect().bottom > height() && top(rows[held]) < window.innerHeight;
    const next = near
      ? rows[held + by]
      : by > 0 ? rows.find((row) => top(row) > height() + 48) : rows.reverse().find((row) => top(row) < height() - 4);
    if (!next) return;
    next.scrollIntoView({ block: "start", behavior: "instant" });
    const item = next.matches(".item") ? next : next.querySelector(".item");
    if (item) item.focus({ preventScroll: true });
  };

  const keys = { n: () => walk(1), p: () => walk(-1), j: () => step(1), k: () => step(-1) };
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (!typing && !event.ctrlKey && !event.metaKey && !event.altKey && !event.isComposing && keys[event.key]) keys[event.key]();
  });

  // The outline says where one is, and keeps that in its own view.
  const point = (id) => {
    const outline = bar.querySelector(".outline");
    if (!outline) return;
    const link = id && outline.querySelector(`a[href="#${id}"]`);
    const before = outline.querySelector("[aria-current]");
    if (link === before || (!link && !before)) return;
    if (before) before.removeAttribute("aria-current");
    if (!link) return;
    link.setAttribute("aria-current", "location");
    const { offsetTop: top, offsetHeight: tall } = link;
    if (top < outline.scrollTop + 40) outline.scrollTop = Math.max(0, top - 40);
    else if (top + tall > outline.scrollTop + outline.clientHeight - 40) outline.scrollTop = top + tall - outline.clientHeight + 40;
  };

  // Who is being read: of the turns that reach below the bar, the first; with whoever asked, where that is another.
  const follow = () => {
    const shown = bar.querySelector(".now");
    const near = new Set();
    const named = (turn) => {
      const [printed, known] = [turn.querySelector(".name"), turn.querySelector(".detail")];
      const name = (known && printed.textContent.length > 24 ? known : printed).cloneNode(true);
      name.removeAttribute("class");
      return name;
    };
    let last = null;
    const say = () => {
      const turn = turns.find((one) => near.has(one)) || last;
      last = turn;
      const item = turn && turn.closest(".item");
      const begun = item && item.getBoundingClientRect().top < height() + 40;
      const asked = item && item.querySelector(".turn.question");
      const names = !begun ? [] : asked && asked !== turn ? [named(asked), " › ", named(turn)] : [named(turn)];
      shown.replaceChildren(...names);
      point(begun ? item.id : "");
    };
    let turns = [];
    const watch = new IntersectionObserver((entries) => {
      entries.forEach((entry) => (entry.isIntersecting ? near.add(entry.target) : near.delete(entry.target)));
      say();
    }, { rootMargin: `-${Math.ceil(height()) + 8}px 0px -65% 0px`, threshold: 0 });
    const see = () => {
      turns = [...document.querySelectorAll(".item .turn")];
      turns.forEach((turn) => watch.observe(turn));
    };
    see();
    document.addEventListener("lectern:more", see);
  };

  // The later parts stand in the place of the list that leads to them; where one cannot be had, the list stays.
  const complete = async () => {
    const later = document.querySelector(".later");
    if (!later) return;
    const rest = document.createDocumentFragment();
    for (const way of later.querySelectorAll("a.part")) {
      const answer = await fetch(way.href);
      if (!answer.ok) return;
      const part = new DOMParser().parseFromString(await answer.text(), "text/html");
      rest.append(...part.querySelectorAll(".reading > .item, .reading > .skip-on"));
    }
    const awaited = location.hash && later.contains(document.getElementById(location.hash.slice(1)));
    later.replaceWith(rest);
    document.querySelectorAll(".parts").forEach((nav) => nav.remove());
    document.querySelectorAll(".outline a, .matches a").forEach((link) => link.setAttribute("href", link.hash));
    marks = lit();
    document.dispatchEvent(new CustomEvent("lectern:more"));
    if (!awaited) return;
    document.getElementById(location.hash.slice(1)).scrollIntoView({ behavior: "instant" });
    land(true);
  };

  // The outline, where it drops down, goes away once it has led somewhere, or is not wanted.
  const fold = () => {
    const toggle = bar.querySelector(".toggle");
    if (!toggle) return;
    const outline = bar.querySelector(".outline");
    outline.addEventListener("click", (event) => { if (event.target.closest("a")) toggle.open = false; });
    document.addEventListener("click", (event) => { if (!bar.contains(event.target)) toggle.open = false; });
    bar.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !toggle.open) return;
      toggle.open = false;
      toggle.querySelector("summary").focus();
    });
  };

  document.querySelectorAll("button[data-walk]").forEach((button) => {
    button.addEventListener("click", () => walk(Number(button.dataset.walk)));
  });
  if (bar) {
    fold();
    follow();
  }
  window.addEventListener("hashchange", () => land(true));
  // Whoever comes back finds the page where it was left.
  const arrival = performance.getEntriesByType("navigation")[0];
  window.addEventListener("load", () => {
    land(!arrival || arrival.type === "navigate");
    complete().catch(() => {}); // no network: the list of the rest still works
  });
})();
