// The configurator without reloads: what is chosen is asked for as the page it is, and its outcome put in place.
"use strict";

(() => {
  const PAUSE = 250; // milliseconds without a change
  const form = document.querySelector("form.choices");
  const widget = document.querySelector("lectern-search");
  let pause;
  let asked = new AbortController();

  // The page may have been reached at another address than the one it states; the widget searches where it stands.
  const dress = (element) => {
    widget.setAttribute("source", location.origin);
    for (const name of ["accent", "accent-ink", "radius"]) {
      const value = element.getAttribute(`data-${name}`);
      if (value) widget.style.setProperty(`--lectern-${name}`, value);
      else widget.style.removeProperty(`--lectern-${name}`);
    }
  };

  const equip = () => {
    document.querySelectorAll(".copied").forEach((section) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "copy";
      button.textContent = form.dataset.copy;
      button.setAttribute("aria-describedby", section.getAttribute("aria-labelledby"));
      section.append(button);
    });
  };

  const select = (node) => getSelection().selectAllChildren(node);

  document.addEventListener("click", async (event) => {
    const button = event.target.closest(".copy");
    if (!button) return;
    const code = button.parentElement.querySelector("code");
    try {
      await navigator.clipboard.writeText(code.textContent);
      button.textContent = form.dataset.copied;
    } catch {
      select(code); // where a page may not write to the clipboard, the text is ready to be copied
    }
  });

  const renew = async () => {
    asked.abort();
    asked = new AbortController();
    const chosen = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
    const address = `${form.getAttribute("action")}?${chosen}`;
    try {
      const answer = await fetch(address, { signal: asked.signal });
      if (!answer.ok) return; // half a day or number is typed; the button shows what is wrong with it
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const other = page.querySelector("lectern-search");
      for (const { name } of [...widget.attributes]) if (!other.hasAttribute(name) && name !== "style") widget.removeAttribute(name);
      for (const { name, value } of other.attributes) if (name !== "source") widget.setAttribute(name, value);
      dress(other);
      for (const kept of [".told", ".copies"]) document.querySelector(kept).replaceChildren(...page.querySelector(kept).children);
      equip();
      history.replaceState(null, "", address);
    } catch (error) {
      if (error.name !== "AbortError") throw error;
    }
  };

  form.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(renew, PAUSE);
  });
  dress(widget);
  equip();
})();
