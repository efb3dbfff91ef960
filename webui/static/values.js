// What the list of all values of a facet gains from a script: it is filtered while one types. What is typed goes to the
// address, so that Back finds it; how many are left is said to those who cannot see it.
"use strict";

(() => {
  const form = document.querySelector("form.narrow");
  const box = form && form.querySelector("input[name=prefix]");
  if (!box) return;
  let asked = null;
  let waiting = 0;

  const addressOf = () => {
    const pairs = new URLSearchParams(new FormData(form));
    if (!pairs.get("prefix").trim()) pairs.delete("prefix");
    const said = pairs.toString();
    return form.getAttribute("action") + (said ? `?${said}` : "");
  };

  const refresh = async () => {
    if (asked) asked.abort();
    asked = new AbortController();
    const address = addressOf();
    try {
      const answer = await fetch(address, { signal: asked.signal });
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      document.getElementById("list").replaceWith(page.getElementById("list"));
      document.getElementById("said").textContent = document.getElementById("count").textContent;
      history.replaceState(history.state, "", address);
    } catch {
      // Without an answer, or with a later one on its way, the list stays; the button still works.
    }
  };

  box.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(refresh, 150);
  });
})();
