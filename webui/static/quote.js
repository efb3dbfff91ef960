// Copying as a quotation. Without a script every quotation is a <details> whose text can be selected; here each becomes
// a button in its place. What the reader has picked out of an answer is copied alone, with the one who said it.
"use strict";

(() => {
  if (!document.querySelector(".quotation")) return;

  const clean = (node) => node.textContent.trim().replace(/[ \t]+/g, " ");

  const nameOf = (turn) => clean(turn.querySelector(".name"));

  // The part of a paragraph that lies within what is selected.
  const clip = (paragraph, selected) => {
    const whole = document.createRange();
    whole.selectNodeContents(paragraph);
    if (!selected) return whole.toString().trim();
    if (!selected.intersectsNode(paragraph)) return "";
    if (selected.compareBoundaryPoints(Range.START_TO_START, whole) > 0) whole.setStart(selected.startContainer, selected.startOffset);
    if (selected.compareBoundaryPoints(Range.END_TO_END, whole) < 0) whole.setEnd(selected.endContainer, selected.endOffset);
    return whole.toString().trim();
  };

  // The words of some turns as printed, paragraphs with a blank line between them; of the selection only, where given.
  const partsOf = (turns, selected) =>
    turns
      .map((turn) => ({
        name: nameOf(turn),
        text: [...turn.querySelectorAll(".words p, p.words")].map((p) => clip(p, selected)).filter(Boolean).join("\n\n"),
      }))
      .filter((part) => part.text);

  const joined = (parts) => {
    const many = new Set(parts.map((part) => part.name)).size > 1;
    return parts.map((part) => `${many ? `${part.name}: ` : ""}“${part.text}”`);
  };

  const compose = (slip, place) => {
    const selection = window.getSelection();
    const turns = (roles) => [...place.querySelectorAll(roles)];
    const picked = selection.isCollapsed ? [] : partsOf(turns(".turn, .passage"), selection.getRangeAt(0));
    const names = [...new Set(picked.map((part) => part.name))];
    const source = clean(slip.querySelector(".source"));
    if (picked.length) return [...joined(picked), `— ${names.length === 1 ? `${names[0]}, ` : ""}${source}`].join("\n");
    const quoted = [...slip.querySelectorAll(".quoted")].map((p) => p.textContent);
    const said = quoted.length ? quoted : joined(partsOf(turns(".turn.answer, .turn.statement")));
    return [...said, clean(slip.querySelector(".cited"))].join("\n");
  };

  // Where a page may not write to the clipboard (no https), a selected text still can be copied.
  const copy = async (text) => {
    if (navigator.clipboard) {
      try {
        await navigator.clipboard.writeText(text);
        return true;
      } catch {
        // then the old way
      }
    }
    const area = document.createElement("textarea");
    area.value = text;
    area.className = "hidden";
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  };

  const status = document.createElement("p");
  status.className = "hidden";
  status.setAttribute("role", "status");

  const equip = (details) => {
    // Where nobody told the server its address, the browser knows it.
    const address = details.querySelector(".slip .address");
    if (address.textContent.startsWith("/")) address.prepend(location.origin);
    const button = document.createElement("button");
    const label = details.querySelector("summary").textContent;
    button.type = "button";
    button.className = "quote";
    button.textContent = label;
    // A click on it leaves what is selected selected.
    button.addEventListener("mousedown", (event) => event.preventDefault());
    button.addEventListener("click", async () => {
      const text = compose(details.querySelector(".slip"), details.closest(".hit, .item"));
      if (await copy(text)) {
        button.style.minWidth = `${button.getBoundingClientRect().width}px`;
        button.textContent = status.textContent = details.dataset.copied;
        setTimeout(() => {
          button.textContent = label;
          status.textContent = "";
        }, 2000);
      } else {
        button.remove();
        details.hidden = false;
        details.open = true;
      }
    });
    details.hidden = true;
    details.before(button);
  };

  const equipAll = () => document.querySelectorAll(".quotation:not([hidden], [open])").forEach(equip);
  equipAll();
  document.addEventListener("lectern:more", equipAll); // what has come later
  document.body.append(status);
})();
