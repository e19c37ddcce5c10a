/**
 * Ungveiviser on a host page, with one line:
 *
 *   <script src="https://…/widget.js" data-municipality="9999" data-language="nn" async></script>
 *
 * Makes a button and, when it is pressed, a frame from the chat's own address, so that nothing on
 * the host page can read what is written. When the frame does not come alive, the emergency card
 * below stands in its place. A host that keeps a copy of this file itself, so that the card is
 * there even when the chat's server is not, names that server in `data-origin`.
 * Stores nothing, loads nothing else, and touches nothing on the host page but its own element.
 */
(() => {
  "use strict";

  // Held to bot/texts/page.yml and bot/web/contacts.yml by a test.
  const WORDS = /* words */ {
    "nb": {
      "open": "Chat med Ungveiviser",
      "hide": "Skjul",
      "loading": "Åpner chatten …",
      "down": "Chatten svarer ikke akkurat nå.",
      "retry": "Prøv igjen",
      "intro": "Disse svarer på telefon hele døgnet.",
      "whisper": "Kan du ikke snakke høyt? Ring 113 eller 112 og hvisk. Eller gå til en nabo eller en annen voksen.",
      "leaveUrl": "https://www.yr.no/",
      "numbers": [
        {
          "number": "113",
          "name": "Medisinsk nødhjelp",
          "note": "Når liv eller helse er i fare. 113 ser som regel hvem som ringer, og hvorfra."
        },
        {
          "number": "112",
          "name": "Politi",
          "note": "Når noen er i fare nå. 112 ser som regel hvem som ringer, og hvorfra."
        },
        {
          "number": "110",
          "name": "Brann",
          "note": "Når det brenner."
        },
        {
          "number": "116 117",
          "name": "Legevakt",
          "note": "Når du trenger lege og ikke kan vente. Gratis å ringe."
        },
        {
          "number": "116 111",
          "name": "Alarmtelefonen for barn og unge",
          "note": "Gratis. Du kan la være å si navnet ditt. De skriver ned det som blir sagt, og henter hjelp når det trengs."
        },
        {
          "number": "22 59 13 00",
          "name": "Giftinformasjonen",
          "note": "Når du har fått i deg noe farlig. Samtalen blir tatt opp."
        }
      ]
    },
    "nn": {
      "open": "Chat med Ungveiviser",
      "hide": "Gøym",
      "loading": "Opnar chatten …",
      "down": "Chatten svarer ikkje akkurat no.",
      "retry": "Prøv igjen",
      "intro": "Desse svarer på telefon heile døgnet.",
      "whisper": "Kan du ikkje snakke høgt? Ring 113 eller 112 og kviskre. Eller gå til ein nabo eller ein annan vaksen.",
      "leaveUrl": "https://www.yr.no/",
      "numbers": [
        {
          "number": "113",
          "name": "Medisinsk nødhjelp",
          "note": "Når liv eller helse er i fare. 113 ser som regel kven som ringjer, og kvarfrå."
        },
        {
          "number": "112",
          "name": "Politi",
          "note": "Når nokon er i fare no. 112 ser som regel kven som ringjer, og kvarfrå."
        },
        {
          "number": "110",
          "name": "Brann",
          "note": "Når det brenn."
        },
        {
          "number": "116 117",
          "name": "Legevakt",
          "note": "Når du treng lege og ikkje kan vente. Gratis å ringje."
        },
        {
          "number": "116 111",
          "name": "Alarmtelefonen for barn og unge",
          "note": "Gratis. Du kan la vere å seie namnet ditt. Dei skriv ned det som blir sagt, og hentar hjelp når det trengst."
        },
        {
          "number": "22 59 13 00",
          "name": "Giftinformasjonen",
          "note": "Når du har fått i deg noko farleg. Samtalen blir teken opp."
        }
      ]
    }
  } /* end of words */

  const script = document.currentScript;
  if (!script || document.querySelector("ungveiviser-widget")) return;
  const origin = new URL(script.dataset.origin || script.src, location.href).origin;
  const language = script.dataset.language === "nn" ? "nn" : "nb";
  const words = WORDS[language];
  const municipality = /^\d{4}$/.test(script.dataset.municipality ?? "")
    ? script.dataset.municipality
    : null;

  /** How long (ms) the frame may take to say that it is alive: at most, and after it has loaded. */
  const LONGEST = 10_000;
  const AFTER_LOAD = 1_500;

  const STYLE = `
    :host { all: initial; color-scheme: light dark; --teal: #17635d; --on: #fff; --ground: #faf7f2; --ink: #1d2b2a; --soft: #52605d; --line: #ddd6ca; }
    @media (prefers-color-scheme: dark) { :host { --teal: #8ad6c8; --on: #0c1d1b; --ground: #121b1a; --ink: #e9efec; --soft: #a9b8b4; --line: #324140; } }
    * { box-sizing: border-box; font-family: -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, system-ui, sans-serif; }
    [hidden] { display: none !important; }
    button { min-height: 44px; padding: 8px 18px; border: 1px solid transparent; border-radius: 22px; background: var(--teal); color: var(--on); font-size: 16px; font-weight: 600; cursor: pointer; }
    button:focus-visible, a:focus-visible { outline: 3px solid var(--teal); outline-offset: 2px; box-shadow: 0 0 0 2px var(--ground); }
    .open { position: fixed; right: 16px; bottom: 16px; z-index: 2147483000; min-height: 52px; border-radius: 26px; box-shadow: 0 4px 16px rgb(0 0 0 / 25%); }
    .panel { position: fixed; right: 16px; bottom: 16px; z-index: 2147483001; display: flex; flex-direction: column; width: 400px; height: min(680px, calc(100vh - 32px)); height: min(680px, calc(100dvh - 32px)); border: 1px solid var(--line); border-radius: 18px; background: var(--ground); color: var(--ink); overflow: hidden; box-shadow: 0 8px 32px rgb(0 0 0 / 28%); }
    .bar { display: flex; align-items: center; justify-content: space-between; padding: 2px 4px 2px 16px; background: var(--teal); color: var(--on); font-size: 17px; font-weight: 650; }
    .bar button { padding: 8px 14px; }
    .bar button:focus-visible { outline-color: var(--on); outline-offset: -4px; }
    iframe { flex: 1; width: 100%; border: 0; background: var(--ground); }
    .wait, .card { padding: 16px; font-size: 16px; line-height: 1.45; }
    .card { flex: 1; overflow-y: auto; }
    .card p { margin: 0 0 8px; }
    .card ul { list-style: none; margin: 0 0 12px; padding: 0; }
    .card li { display: grid; grid-template-columns: max-content 1fr; gap: 4px 12px; align-items: center; padding: 8px 0; border-bottom: 1px solid var(--line); }
    .card a { min-width: 5em; min-height: 44px; padding: 10px 12px; border: 1px solid transparent; border-radius: 12px; background: var(--teal); color: var(--on); font-weight: 650; text-align: center; text-decoration: none; }
    .card small { grid-column: 1 / -1; color: var(--soft); font-size: 14px; }
    @media (max-width: 480px), (max-height: 480px) { .panel { inset: 0; width: 100%; height: 100%; border: 0; border-radius: 0; } }
    @media print { .open, .panel { display: none; } }
  `;

  function make(tag, given = {}, ...children) {
    const node = Object.assign(document.createElement(tag), given);
    node.append(...children);
    return node;
  }

  function emergencyCard(retry) {
    const rows = words.numbers.map(({ number, name, note }) =>
      make(
        "li",
        {},
        make("a", { href: `tel:${number.replace(/ /g, "")}`, textContent: number }),
        make("strong", { textContent: name }),
        make("small", { textContent: note }),
      ),
    );
    const again = make("button", { type: "button", textContent: words.retry });
    again.addEventListener("click", retry);
    return make(
      "div",
      { className: "card", tabIndex: 0, role: "alert" },
      make("p", { textContent: words.down }),
      make("p", { textContent: words.intro }),
      make("ul", {}, ...rows),
      make("p", { textContent: words.whisper }),
      again,
    );
  }

  function address() {
    const url = new URL("/embed", origin);
    if (municipality) url.searchParams.set("municipality", municipality);
    if (script.dataset.language === "nn" || script.dataset.language === "nb")
      url.searchParams.set("language", language);
    return url.href;
  }

  const host = document.createElement("ungveiviser-widget");
  const root = host.attachShadow({ mode: "open" });
  try {
    // Works under a host page's content policy, which would stop a style element.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
  } catch {
    root.append(make("style", { textContent: STYLE }));
  }

  const opener = make("button", { type: "button", className: "open", textContent: words.open });
  const hide = make("button", { type: "button", textContent: words.hide });
  const panel = make(
    "section",
    { className: "panel", hidden: true },
    make("div", { className: "bar" }, make("span", { textContent: "Ungveiviser" }), hide),
  );
  panel.setAttribute("role", "dialog");
  panel.setAttribute("aria-label", "Ungveiviser");
  opener.setAttribute("aria-expanded", "false");
  root.append(opener, panel);

  let frame = null;
  let shown = null;
  let timer = 0;

  function show(node) {
    shown?.remove();
    shown = node;
    if (node) panel.append(node);
  }

  function load() {
    frame?.remove();
    show(make("p", { className: "wait", role: "status", textContent: words.loading }));
    frame = make("iframe", { title: "Ungveiviser – chat", referrerPolicy: "no-referrer" });
    const waitUntil = (milliseconds) => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        frame.hidden = true;
        show(emergencyCard(load));
      }, milliseconds);
    };
    frame.addEventListener("load", () => !frame.dataset.alive && waitUntil(AFTER_LOAD));
    waitUntil(LONGEST);
    frame.src = address();
    panel.append(frame);
  }

  function setOpen(open) {
    panel.hidden = !open;
    opener.hidden = open;
    opener.setAttribute("aria-expanded", String(open));
    if (!open) return opener.focus();
    if (!frame || !frame.dataset.alive) load();
    hide.focus();
  }

  function leave(url) {
    host.remove();
    location.replace(url);
  }

  /** Esc three times within two seconds, with the focus on the host page: the frame clears itself. */
  let escapes = [];
  function onKey({ key, repeat }) {
    if (key !== "Escape" || repeat || panel.hidden) return;
    escapes = [...escapes, Date.now()].filter((at) => Date.now() - at <= 2_000);
    if (escapes.length < 3) return;
    if (frame?.dataset.alive)
      frame.contentWindow.postMessage({ type: "ungveiviser:leave-now" }, origin);
    else leave(words.leaveUrl);
  }

  addEventListener("message", ({ origin: from, source, data }) => {
    if (!frame || from !== origin || source !== frame.contentWindow) return;
    if (data?.type === "ungveiviser:ready") {
      clearTimeout(timer);
      frame.dataset.alive = "yes";
      frame.hidden = false;
      show(null);
    }
    if (data?.type === "ungveiviser:leave" && /^https:\/\//.test(data.url)) leave(data.url);
  });
  document.addEventListener("keydown", onKey, true);
  opener.addEventListener("click", () => setOpen(true));
  hide.addEventListener("click", () => setOpen(false));

  const place = () => document.body.append(host);
  if (document.body) place();
  else addEventListener("DOMContentLoaded", place, { once: true });
})();
