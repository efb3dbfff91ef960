// What a script adds to pages that work without one: "/" goes to the search box, and days left empty stay out of the
// address. Nothing is fetched. What it adds to transcripts is in reading.js.
"use strict";

(() => {
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "/") {
      const box = document.querySelector("input.q");
      if (!box) return;
      event.preventDefault();
      box.focus();
      box.select();
    }
  });

  // A day that was left empty says nothing in the address.
  document.addEventListener("formdata", (event) => {
    for (const name of ["from", "to"]) if (!event.formData.get(name)) event.formData.delete(name);
  });
})();
