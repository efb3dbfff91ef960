// Boxes of the comparing page that were left empty say nothing in its address.
"use strict";

document.querySelector("form.compare")?.addEventListener("formdata", (event) => {
  const texts = event.formData.getAll("q").filter((text) => text.trim());
  event.formData.delete("q");
  // The queries stand first, where the canonical address has them.
  const rest = [...event.formData.entries()];
  for (const [name] of rest) event.formData.delete(name);
  for (const text of texts) event.formData.append("q", text);
  for (const [name, value] of rest) if (value) event.formData.append(name, value);
});
