// What a script adds to pages that work without one: "/" goes to the search box; in a transcript the lit passage of the
// answer in the address is brought into view, and buttons or n and p walk the matches. Nothing is fetched.
"use strict";

(() => {
  const marks = [...document.querySelectorAll("mark[data-match][id]")];
  const bar = document.querySelector(".matches");
  const links = bar ? [...bar.querySelectorAll("li a")] : [];
  let at = -1;

  const inView = (element) => {
    const box = element.getBoundingClientRect();
    const top = bar ? bar.getBoundingClientRect().height : 0;
    return box.top >= top && box.bottom <= window.innerHeight;
  };

  const reach = (element) => {
    if (!inView(element)) element.scrollIntoView({ block: "center" });
  };

  const choose = (place, move) => {
    at = place;
    const name = marks[at].dataset.match;
    document.querySelectorAll("mark.now").forEach((mark) => mark.classList.remove("now"));
    document.querySelectorAll(`mark[data-match="${name}"]`).forEach((mark) => mark.classList.add("now"));
    if (bar) show();
    if (move) reach(marks[at]);
  };

  // The list above says which match is the present one. An answer on its own page has no list.
  const show = () => {
    links.forEach((link, i) => {
      if (i === at) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
    const strip = links[at].closest("ol");
    strip.scrollLeft = links[at].offsetLeft - strip.offsetLeft - strip.clientWidth / 2;
    bar.querySelector(".match-count").textContent = `${at + 1} of ${marks.length}`;
  };

  const walk = (by) => {
    if (marks.length) choose(at < 0 && by < 0 ? marks.length - 1 : (at + by + marks.length) % marks.length, true);
  };

  // The address names an answer (#7) or a match (#match-3): its first lit passage is what the reader came for.
  const land = (move) => {
    const target = location.hash && document.getElementById(location.hash.slice(1));
    if (!target) return;
    const place = marks.findIndex((mark) => mark === target || target.contains(mark));
    if (place >= 0) choose(place, move);
  };

  const addButtons = () => {
    if (!bar || !marks.length) return;
    bar.querySelector(".match-count").setAttribute("aria-live", "polite");
    for (const [label, key, by] of [["Previous", "p", -1], ["Next", "n", 1]]) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = label;
      button.title = `${label} match (${key})`;
      button.addEventListener("click", () => walk(by));
      bar.append(button);
    }
  };

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "/") {
      const box = document.querySelector("input.q");
      if (!box) return;
      event.preventDefault();
      box.focus();
      box.select();
    } else if (event.key === "n") walk(1);
    else if (event.key === "p") walk(-1);
  });

  // A day that was left empty says nothing in the address.
  document.addEventListener("formdata", (event) => {
    for (const name of ["from", "to"]) if (!event.formData.get(name)) event.formData.delete(name);
  });

  addButtons();
  window.addEventListener("hashchange", () => land(true));
  // Whoever comes back finds the page where it was left.
  const arrival = performance.getEntriesByType("navigation")[0];
  window.addEventListener("load", () => land(!arrival || arrival.type === "navigate"));
})();
