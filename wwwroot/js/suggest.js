// Proposals while somebody types into the search box or into a field of a listing: a combobox with a list, by the ARIA pattern. Without
// this file the box is an ordinary one: a page that finds nothing offers the nearest words itself, a form asks when it is saved.
"use strict";

for (const box of document.querySelectorAll("[data-suggest]")) {
  const input = box.querySelector("input");
  const list = document.createElement("ul");
  const status = document.createElement("p");
  let shown = [];
  let current = -1;
  let timer = 0;
  let asking = null;
  let asked = input.value.trim();

  list.className = "suggest-list";
  list.id = `${input.id}-list`;
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "候補");
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  box.append(list, status);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-controls", list.id);

  const close = () => {
    clearTimeout(timer);
    asking?.abort();
    list.hidden = true;
    current = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };

  const mark = place => {
    current = place;
    [...list.children].forEach((option, i) => option.setAttribute("aria-selected", String(i === place)));
    if (place < 0) {
      input.removeAttribute("aria-activedescendant");
      return;
    }
    input.setAttribute("aria-activedescendant", list.children[place].id);
    list.children[place].scrollIntoView({ block: "nearest" });
  };

  const show = found => {
    shown = found;
    current = -1;
    input.removeAttribute("aria-activedescendant");
    list.replaceChildren(...found.map((proposal, i) => {
      const option = document.createElement("li");
      const label = document.createElement("span");
      const kind = document.createElement("span");
      option.id = `${list.id}-${i}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      label.textContent = proposal.label;
      kind.className = "suggest-kind";
      kind.textContent = proposal.kind;
      option.append(label, kind);
      return option;
    }));
    list.hidden = found.length === 0;
    input.setAttribute("aria-expanded", String(found.length > 0));
    status.textContent = found.length > 0 ? `候補が${found.length}件あります` : "";
  };

  // The search box leads somewhere; a field is filled and waits for more.
  const take = proposal => {
    if (proposal.url) {
      location.href = proposal.url;
      return;
    }
    input.value = proposal.text;
    asked = input.value.trim();
    close();
    status.textContent = `${proposal.label}を入れました`;
  };

  const address = () => {
    // The model belongs to the maker beside it.
    const maker = input.name.endsWith(".model") ? input.form.elements[input.name.replace(/model$/, "maker")] : null;
    const query = `q=${encodeURIComponent(input.value)}${maker?.value ? `&with=${encodeURIComponent(maker.value)}` : ""}`;
    return `${box.dataset.suggest}${box.dataset.suggest.includes("?") ? "&" : "?"}${query}`;
  };

  const ask = async () => {
    asking?.abort();
    const words = input.value.trim();
    asked = words;
    if (words.length === 0) {
      close();
      return;
    }
    asking = new AbortController();
    const { signal } = asking;
    try {
      const answer = await fetch(address(), { signal });
      const found = answer.ok ? await answer.json() : [];
      if (!signal.aborted && document.activeElement === input) show(found);
    } catch {
      // Aborted by the next letter, or no connection: the box works as it is.
    }
  };

  // Kana that are not converted yet ask as well: readings are known.
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, 180);
  });

  input.addEventListener("keydown", event => {
    // The arrows and Enter belong to the input method while it converts.
    if (event.isComposing) return;
    const open = !list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!open && event.key === "ArrowDown" && input.value.trim().length > 0) {
        event.preventDefault();
        if (input.value.trim() === asked && shown.length > 0) show(shown);
        else ask();
      } else if (open) {
        event.preventDefault();
        const step = event.key === "ArrowDown" ? 1 : -1;
        // One place more than there are proposals: the box itself.
        mark((current + 1 + step + shown.length + 1) % (shown.length + 1) - 1);
      }
    } else if (event.key === "Enter" && open && current >= 0) {
      event.preventDefault();
      take(shown[current]);
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      close();
    } else if (event.key === "Tab") {
      close();
    }
  });

  // Before the box loses the focus, so that the list is still there.
  list.addEventListener("pointerdown", event => event.preventDefault());
  list.addEventListener("click", event => {
    const option = event.target.closest("[role=option]");
    if (option) take(shown[[...list.children].indexOf(option)]);
  });
  input.addEventListener("blur", close);
  input.form?.addEventListener("submit", close);
}
