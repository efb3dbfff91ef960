// Saved searches: kept in this browser (localStorage), never on a server. On a page of results it saves the search and
// notes what there was; on /saved it lists them and asks each for its number of answers and its newest day. Nothing is
// sent but the searches themselves.
"use strict";

(() => {
  const KEY = "lectern.saved";
  const LONGEST = 8000;
  const DAY = /^\d{4}-\d\d-\d\d$/;
  // What is no part of what a search finds.
  const PASSING = ["page", "per_page", "sort", "fold", "strict", "ui"];

  const place = document.querySelector("button.save") || document.getElementById("saved");
  if (!place) return;
  const texts = JSON.parse(place.dataset.words); // what is said, in the page's language
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => `${values[name] ?? whole}`);
  const write = (number) => number.toLocaleString(texts.numbers);
  // The language that an address names is carried on.
  const ui = new URLSearchParams(location.search).get("ui");

  const canonical = (typed) => {
    const given = new URLSearchParams(typed);
    const kept = new URLSearchParams();
    for (const name of [...new Set(given.keys())].sort()) {
      if (!PASSING.includes(name)) for (const value of given.getAll(name).sort()) if (value || name !== "q") kept.append(name, value);
    }
    return kept.toString();
  };

  // One saved search out of what a person may have written; null where it is none.
  const read = (row) => {
    if (!row || typeof row.search !== "string" || row.search.length > LONGEST) return null;
    const whole = (value) => (Number.isSafeInteger(value) && value >= 0 ? value : 0);
    const search = canonical(row.search);
    const name = typeof row.name === "string" && row.name.trim() ? row.name.trim().slice(0, 200) : title(search);
    const newest = DAY.test(row.newest) ? row.newest : "";
    const seen = DAY.test(row.seen) ? row.seen : "";
    return { name, search, total: whole(row.total), newest, seen };
  };

  const title = (search) => {
    const words = [...new URLSearchParams(search)].map(([name, value]) => (name === "q" ? value : `${name}: ${value || texts.notStated}`));
    return words.join(" · ").slice(0, 200) || texts.everything;
  };

  const load = () => {
    try {
      const held = JSON.parse(localStorage.getItem(KEY) || "[]");
      return Array.isArray(held) ? held.map(read).filter(Boolean) : [];
    } catch {
      return [];
    }
  };

  const store = (rows) => {
    try {
      localStorage.setItem(KEY, JSON.stringify(rows));
      return true;
    } catch {
      return false;
    }
  };

  const change = (search, values) => store(load().map((row) => (row.search === search ? { ...row, ...values } : row)));

  const today = () => new Date().toLocaleDateString("sv");

  // What a search finds now: its total and the day of its newest answer.
  const ask = async (search) => {
    const answer = await fetch(`/api/v1/search?${search}${search ? "&" : ""}per_page=1&sort=newest`, { credentials: "omit" });
    if (!answer.ok) throw new Error(`${answer.status}`);
    const page = await answer.json();
    return { total: page.total, newest: page.hits.length ? page.hits[0].date : "" };
  };

  const element = (tag, text, kind) => {
    const made = document.createElement(tag);
    if (text) made.textContent = text;
    if (kind) made.className = kind;
    return made;
  };

  const button = (text, act) => {
    const made = element("button", text);
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  };

  const count = (number) => fill(number === 1 ? texts.one : texts.many, { number: write(number) });

  // On a page of results.
  const offer = (save) => {
    const search = canonical(location.search);
    const here = () => load().some((row) => row.search === search);
    const show = () => {
      save.textContent = here() ? texts.saved : texts.save;
      save.setAttribute("aria-pressed", `${here()}`);
    };
    // A search that is open is visited: what there is now is no news later.
    const note = async () => {
      try {
        const now = await ask(search);
        if (change(search, { ...now, seen: today() })) save.title = fill(texts.on, { answers: count(now.total), day: today() });
      } catch {
        save.title = texts.unasked;
      }
    };
    save.style.minWidth = `${Math.ceil(save.getBoundingClientRect().width)}px`;
    save.addEventListener("click", () => {
      const kept = here() ? store(load().filter((row) => row.search !== search)) : store([...load(), read({ search, seen: today() })]);
      save.title = kept ? "" : texts.keepsNothing;
      show();
      if (here()) note();
    });
    show();
    save.classList.add("ready");
    if (here()) note();
    window.addEventListener("storage", show);
  };

  // On /saved.
  const list = (home) => {
    const [status, rows, none] = [home.querySelector(".status"), home.querySelector(".saved-list"), home.querySelector(".none")];
    const text = home.querySelector("textarea");

    const news = (cell, row, now) => {
      const more = now.total - row.total;
      cell.textContent = "";
      if (more > 0) cell.append(element("span", fill(texts.new, { number: write(more) }), "fresh"));
      else cell.append(element("span", more < 0 ? fill(texts.fewer, { number: write(-more) }) : texts.nothingNew, "count"));
      const what = cell.parentElement.querySelector(".told");
      const all = count(now.total);
      const told = [now.newest ? fill(texts.newest, { answers: all, day: now.newest }) : all];
      if (row.seen) told.push(fill(texts.visited, { day: row.seen }));
      what.textContent = told.join(" · ");
      return more > 0;
    };

    const rename = (item, row) => {
      const link = item.querySelector(".name");
      const box = element("input");
      box.value = row.name;
      box.setAttribute("aria-label", texts.name);
      link.replaceWith(box);
      box.select();
      let over = false;
      const end = (keep) => {
        if (over) return;
        over = true;
        if (keep && box.value.trim()) change(row.search, { name: box.value.trim().slice(0, 200) });
        show();
        if (keep) status.textContent = texts.renamed;
      };
      box.addEventListener("keydown", (event) => {
        if (event.key === "Enter") end(true);
        else if (event.key === "Escape") end(false);
      });
      box.addEventListener("blur", () => end(true));
      box.focus();
    };

    const show = () => {
      const saved = load();
      none.hidden = saved.length > 0;
      rows.replaceChildren(
        ...saved.map((row) => {
          const item = element("li");
          const link = element("a", row.name, "name");
          link.href = `/?${row.search || "q="}${ui ? `&${new URLSearchParams({ ui })}` : ""}`;
          link.dir = "auto";
          const cell = element("span", "", "news");
          const what = element("span", "", "what");
          if (row.name !== title(row.search)) what.append(element("bdi", title(row.search)), " · ");
          what.append(element("span", row.seen ? fill(texts.visited, { day: row.seen }) : "", "told"));
          const buttons = element("span", "", "buttons");
          buttons.append(
            button(texts.rename, () => rename(item, row)),
            button(texts.remove, () => {
              store(load().filter((one) => one.search !== row.search));
              show();
              status.textContent = fill(texts.removed, { name: row.name });
              status.tabIndex = -1;
              status.focus();
            }),
          );
          for (const one of buttons.children) one.setAttribute("aria-label", fill(texts.of, { act: one.textContent, name: row.name }));
          item.append(link, cell, what, buttons);
          if (known.has(row.search)) news(cell, row, known.get(row.search));
          return item;
        }),
      );
    };

    const known = new Map();
    // One after the other, so that no server is asked for many searches at once.
    const look = async () => {
      let fresh = 0;
      for (const row of load()) {
        const place = () => [...rows.children][load().findIndex((one) => one.search === row.search)];
        try {
          known.set(row.search, await ask(row.search));
          const cell = place() && place().querySelector(".news");
          if (cell && news(cell, row, known.get(row.search))) fresh += 1;
        } catch {
          const cell = place() && place().querySelector(".news");
          if (cell) cell.textContent = texts.failed;
        }
      }
      if (load().length) status.textContent = fresh ? fill(fresh === 1 ? texts.fresh : texts.freshes, { number: write(fresh) }) : texts.stale;
    };

    home.querySelector(".export").addEventListener("click", () => {
      text.value = JSON.stringify(load(), null, 1);
      text.select();
      status.textContent = texts.written;
    });
    home.querySelector(".import").addEventListener("click", () => {
      let given;
      try {
        given = JSON.parse(text.value);
      } catch {
        given = null;
      }
      const good = Array.isArray(given) ? given.map(read).filter(Boolean) : [];
      const there = new Set(load().map((row) => row.search));
      const brought = good.filter((row) => !there.has(row.search) && there.add(row.search));
      const kept = brought.length === 0 || store([...load(), ...brought]);
      if (!Array.isArray(given)) status.textContent = texts.noList;
      else if (!kept) status.textContent = `${texts.keepsNothing}.`;
      else status.textContent = fill(texts.brought, { number: write(brought.length), rest: write(given.length - brought.length) });
      show();
      if (kept && brought.length) look();
    });
    window.addEventListener("storage", show);
    show();
    look();
  };

  const save = document.querySelector("button.save");
  if (save) offer(save);
  const home = document.getElementById("saved");
  if (home) list(home);
})();
