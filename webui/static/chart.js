// Picking a range of days in a histogram: drag across its bars, or move two grips with the keys and press Enter. Without
// this script every bar is a link to its own days, and the form beside the results takes any two.
"use strict";

(() => {
  const FAR = 4; // pixels that a pointer moves before a click becomes a drag

  const addressBetween = (plot, since, until) =>
    plot.dataset.range.replace("from=0001-01-01", `from=${since}`).replace("to=9999-12-31", `to=${until}`);

  const prepare = (plot) => {
    const svg = plot.querySelector("svg");
    const bars = [...svg.querySelectorAll("a[data-from]")];
    if (bars.length < 2) return;
    let range = null; // places of the first and the last bar picked
    let start = null; // of a drag: its place and where it began on the screen

    const text = document.createElement("output");
    text.className = "picked-text";

    const placeAt = (x) => {
      const box = svg.getBoundingClientRect();
      const place = Math.floor(((x - box.left) / box.width) * bars.length);
      return Math.min(bars.length - 1, Math.max(0, place));
    };

    const describe = () => {
      const [a, b] = range;
      const count = bars.slice(a, b + 1).reduce((sum, bar) => sum + Number(bar.dataset.count), 0);
      const [from, to] = [bars[a].dataset.label, bars[b].dataset.label];
      const { one, many, days } = plot.dataset;
      return (count === 1 ? one : many)
        .replace("{days}", () => (a === b ? from : days.replace("{from}", from).replace("{to}", to)))
        .replace("{number}", count.toLocaleString(document.documentElement.lang));
    };

    const show = (next) => {
      range = next;
      plot.classList.toggle("choosing", Boolean(range));
      bars.forEach((bar, i) => bar.classList.toggle("picked", Boolean(range) && i >= range[0] && i <= range[1]));
      text.textContent = range ? describe() : "";
      place();
    };

    const take = () => {
      const [a, b] = range;
      location.assign(addressBetween(plot, bars[a].dataset.from, bars[b].dataset.to));
    };

    // Two grips for the keyboard: the first and the last day of the range.
    const grips = ["first", "last"].map((name, which) => {
      const grip = document.createElement("span");
      grip.tabIndex = 0;
      grip.className = "grip";
      grip.setAttribute("role", "slider");
      grip.setAttribute("aria-label", plot.dataset[name]);
      grip.setAttribute("aria-orientation", "horizontal");
      grip.setAttribute("aria-valuemin", "1");
      grip.setAttribute("aria-valuemax", `${bars.length}`);
      grip.addEventListener("keydown", (event) => move(event, which));
      grip.addEventListener("blur", (event) => {
        if (!start && !grips.includes(event.relatedTarget)) show(null);
      });
      return grip;
    });

    const place = () => {
      const [a, b] = range || [0, bars.length - 1];
      grips.forEach((grip, which) => {
        const at = which ? b : a;
        grip.style.insetInlineStart = `${((at + which) / bars.length) * 100}%`;
        grip.setAttribute("aria-valuenow", `${at + 1}`);
        grip.setAttribute("aria-valuetext", range ? describe() : bars[at].dataset.label);
      });
    };

    const move = (event, which) => {
      const now = range || [0, bars.length - 1];
      const step = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -5, PageUp: 5 }[event.key];
      let to = now[which];
      if (step) to += step;
      else if (event.key === "Home") to = 0;
      else if (event.key === "End") to = bars.length - 1;
      else if (event.key === "Escape") {
        show(null);
        return;
      } else if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        if (range) take();
        return;
      } else return;
      event.preventDefault();
      const low = which ? now[0] : 0;
      const high = which ? bars.length - 1 : now[1];
      to = Math.min(high, Math.max(low, to));
      show(which ? [now[0], to] : [to, now[1]]);
    };

    svg.addEventListener("dragstart", (event) => event.preventDefault());
    svg.addEventListener("pointerdown", (event) => {
      if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
      start = { place: placeAt(event.clientX), x: event.clientX, far: false };
    });
    window.addEventListener("pointermove", (event) => {
      if (!start) return;
      if (!start.far && Math.abs(event.clientX - start.x) < FAR) return;
      start.far = true;
      const at = placeAt(event.clientX);
      show([Math.min(start.place, at), Math.max(start.place, at)]);
    });
    window.addEventListener("pointerup", () => {
      const dragged = start && start.far && range;
      start = null;
      if (!dragged) return;
      // The click that follows would open the bar below the pointer.
      const stop = (event) => {
        event.preventDefault();
        event.stopPropagation();
      };
      window.addEventListener("click", stop, { capture: true, once: true });
      setTimeout(() => window.removeEventListener("click", stop, { capture: true }), 0);
      take();
    });
    window.addEventListener("pointercancel", () => {
      start = null;
      show(null);
    });
    window.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && start) {
        start = null;
        show(null);
      }
    });
    // Whoever comes back finds the page as it was, without a range half picked.
    window.addEventListener("pageshow", () => show(null));

    plot.append(text, ...grips);
    plot.classList.add("can-pick");
    place();
  };

  document.querySelectorAll(".plot[data-range]").forEach(prepare);
})();
