// Saves while she writes, and says so. Every page works without it.
"use strict";

for (const form of document.querySelectorAll("form[data-autosave]")) {
  const state = form.querySelector("[data-saved]");
  const waiting = new Set();
  let sending = false;
  let failed = false;
  let submitted = false;
  let timer = 0;

  const said = (words) => { state.textContent = words; };

  const changed = (event) => {
    const box = event.target.closest("[data-field]");
    if (!box) return;
    waiting.add(box.dataset.field);
    said("Sparar …");
    clearTimeout(timer);
    timer = setTimeout(() => send(), event.type === "change" ? 100 : 900);
  };

  const send = async (leaving = false) => {
    if (sending || waiting.size === 0) return;
    sending = true;
    const fields = [...waiting];
    waiting.clear();
    const body = new FormData();
    body.set("csrf", form.elements.csrf.value);
    const all = new FormData(form);
    for (const id of fields) {
      body.set(id, all.get(id) ?? "");
      body.set("seen." + id, all.get("seen." + id) ?? "0");
    }
    try {
      const answer = await fetch(location.pathname, {
        method: "POST", body, headers: { accept: "application/json" }, credentials: "same-origin",
        keepalive: leaving,
      });
      if (!answer.ok) throw new Error(String(answer.status));
      show(await answer.json());
      failed = false;
      const now = new Date().toLocaleTimeString("sv-SE", { hour: "2-digit", minute: "2-digit" });
      said(waiting.size ? "Sparar …" : "Sparat " + now.replace(":", "."));
    } catch {
      for (const id of fields) waiting.add(id);
      failed = true;
      said("Det gick inte att spara just nu. Försöker igen …");
      setTimeout(() => send(), 5000);
    }
    sending = false;
    if (waiting.size && !failed) { clearTimeout(timer); timer = setTimeout(() => send(), 300); }
  };

  // All that is written has been saved, or it cannot be: what follows may go on.
  const settled = async () => {
    clearTimeout(timer);
    for (let tries = 0; (sending || waiting.size) && !failed && tries < 100; tries += 1) {
      if (sending) await new Promise((go) => { setTimeout(go, 50); }); else await send();
    }
  };

  const show = (answers) => {
    for (const [id, answer] of Object.entries(answers)) {
      const box = form.querySelector(`[data-field="${CSS.escape(id)}"]`);
      form.elements["seen." + id].value = answer.number;
      const fault = box.querySelector(".fault");
      fault.textContent = answer.fault ?? "";
      fault.hidden = !answer.fault;
      box.classList.toggle("bad", Boolean(answer.fault));
      for (const input of box.querySelectorAll("input:not([type=hidden]), textarea")) {
        if (answer.fault) input.setAttribute("aria-invalid", "true"); else input.removeAttribute("aria-invalid");
      }
      const old = box.querySelector(".mark-old");
      if (old) old.hidden = !answer.taken_over;
      if (answer.beside.length) tellOfOthers(box, answer.beside);
    }
  };

  // What another window or another person wrote meanwhile stands under the field until the page is left.
  const tellOfOthers = (box, others) => {
    const note = box.querySelector(".beside") ?? box.appendChild(document.createElement("div"));
    note.className = "warn beside";
    note.setAttribute("role", "alert");
    const said = (tag, words, within, name = "") => {
      const made = within.appendChild(document.createElement(tag));
      made.textContent = words;
      made.className = name;
      return made;
    };
    note.replaceChildren();
    said("strong", "Två har skrivit här samtidigt.", said("p", "", note));
    said("p", "Det som står i rutan räknas. Det andra var:", note);
    for (const other of others) {
      const quoted = said("blockquote", "", note);
      said("p", other.text, quoted);
      said("p", other.by, quoted, "hint");
    }
    said("p", "Ta med det du vill behålla.", note);
  };

  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  // A save on its way is waited for, or the button's save would look like another window's.
  form.addEventListener("submit", async (event) => {
    clearTimeout(timer);
    waiting.clear();
    if (!sending) { submitted = true; return; }
    event.preventDefault();
    await settled();
    form.requestSubmit(event.submitter);
  });
  // Leaving by a link of ours waits for the last words to be saved; closing the window sends them off.
  document.addEventListener("click", async (event) => {
    const link = event.target.closest("a[href]");
    if (!link || link.origin !== location.origin || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (link.getAttribute("href").startsWith("#") || failed || !(sending || waiting.size)) return;
    event.preventDefault();
    await settled();
    link.click();
  });
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") send(true); });
  window.addEventListener("beforeunload", (event) => {
    if (submitted) return;
    if (failed) event.preventDefault();
    else send(true);
  });
}
const summary = document.getElementById("summary");
if (summary) summary.focus();

for (const button of document.querySelectorAll("button[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const text = document.getElementById(button.dataset.copy);
    const said = button.parentElement.querySelector("[data-copied]");
    try {
      await navigator.clipboard.writeText(text.textContent);
      said.textContent = "Kopierat";
    } catch {
      getSelection().selectAllChildren(text);
      said.textContent = "Markerat: kopiera med Ctrl+C";
    }
  });
}
