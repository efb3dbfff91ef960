// What a results page gains from a script: whoever picks a value, drops one or sets days finds the filters where they
// were. The page itself is loaded anew, since a search is an address: so Back, reload, bookmarks and readers without a
// script all have the same page, and nothing has to be kept in step. Only what a load would lose is carried over: how
// far the page was scrolled, whether the drawer was open, which lists were unfolded, and what had the focus; and those
// who cannot see that the number has changed are told.
"use strict";

(() => {
  const KEY = "lectern-stay";
  const SECONDS = 20;
  const side = document.querySelector(".side");
  if (!side) return;
  const drawer = side.querySelector(".drawer");
  const facets = side.querySelector(".facets");

  const nameOf = (link) => {
    const facet = link.closest("[data-facet]");
    const label = link.closest("li")?.querySelector(".label")?.cloneNode(true);
    label?.querySelector(".not")?.remove();
    return facet && label ? `${facet.dataset.facet} ${label.textContent.trim()}` : "";
  };

  const keep = (focus) => {
    const unfolded = [...facets.querySelectorAll("details")].map((details) => details.open);
    const stay = { at: Date.now(), top: window.scrollY, open: drawer.open, unfolded, focus };
    try {
      sessionStorage.setItem(KEY, JSON.stringify(stay));
    } catch {
      // Where nothing may be kept, the page begins at its top.
    }
  };

  const take = () => {
    try {
      const stay = JSON.parse(sessionStorage.getItem(KEY));
      sessionStorage.removeItem(KEY);
      return stay && Date.now() - stay.at < SECONDS * 1000 ? stay : null;
    } catch {
      return null;
    }
  };

  const settle = (stay) => {
    drawer.open = stay.open;
    const lists = [...facets.querySelectorAll("details")];
    if (lists.length === stay.unfolded.length) lists.forEach((details, i) => { details.open ||= stay.unfolded[i]; });
    const links = stay.focus ? [...facets.querySelectorAll(".pick")] : [];
    const link = links.find((one) => nameOf(one) === stay.focus);
    if (link) link.focus({ preventScroll: true });
    window.scrollTo({ top: stay.top, behavior: "instant" });
    // Said a moment later: what is there when the page is read first is not news.
    const total = document.querySelector(".total").textContent.trim();
    setTimeout(() => { document.getElementById("said").textContent = total; }, 400);
  };

  facets.addEventListener("click", (event) => {
    const link = event.target.closest("a.pick, a.exclude");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) keep(nameOf(link));
  });
  facets.addEventListener("submit", () => keep(""));
  facets.querySelector(".show a").addEventListener("click", () => { drawer.open = false; });

  const arrival = performance.getEntriesByType("navigation")[0];
  const stay = take();
  if (stay && (!arrival || arrival.type === "navigate")) settle(stay);
})();
