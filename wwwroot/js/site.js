// Small comforts. Every page works without this file; nothing here decides anything the server doesn't decide again.
"use strict";

// Print buttons are hidden until there is a script to press them with.
for (const button of document.querySelectorAll("button[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// After a refused form the reader (and a screen reader) starts at the summary of what to mend.
document.querySelector(".error-summary")?.focus();

// A second tap on 送る while the first is under way sends nothing.
for (const form of document.querySelectorAll("form[data-once]")) {
  form.addEventListener("submit", event => {
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    event.submitter?.setAttribute("aria-disabled", "true");
  });
}
// Coming back by the back button finds the form usable again.
window.addEventListener("pageshow", event => {
  if (!event.persisted) return;
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    form.querySelectorAll("[aria-disabled]").forEach(button => button.removeAttribute("aria-disabled"));
  }
});

// Up to data-max-checked companies: says how many are chosen, and stops at the limit.
for (const form of document.querySelectorAll("form[data-max-checked]")) {
  const max = Number(form.dataset.maxChecked);
  const count = form.querySelector("[data-checked-count]");
  const boxes = [...form.querySelectorAll("input[type=checkbox][data-counted]")];
  const show = () => {
    const chosen = boxes.filter(box => box.checked).length;
    if (count) count.textContent = String(chosen);
    for (const box of boxes) box.disabled = !box.checked && chosen >= max;
  };
  form.addEventListener("change", show);
  show();
}
