/** What has been said, as it is seen and read aloud: whole messages, oldest first. */

import { isNumber, numberRows, serviceCard } from "./cards.js";
import { button, byKeyboard, el, scrolling } from "./dom.js";
import { digits, phoneLink } from "./links.js";

/** How far from the end (pixels) still counts as reading the newest. */
const NEAR_END = 160;
/** What the id of a message begins with when a calendar file can be fetched (bot/turn.py). */
const CALENDAR_FILE = "calendar-";

export class Log {
  /**
   * @param {HTMLElement} page the whole chat
   * @param {import("./i18n.js").Texts} texts
   * @param {import("./links.js").Links} links
   * @param {(choice: {label: string, value: string}, byKeyboard: boolean) => void} onChoice
   * @param {() => void} onFile asks for the calendar file
   */
  constructor(page, texts, links, onChoice, onFile) {
    this.page = page;
    this.list = page.querySelector(".log");
    this.dots = page.querySelector(".typing");
    this.newer = page.querySelector(".newer");
    this.header = page.querySelector(".top");
    this.composer = page.querySelector(".composer");
    this.texts = texts;
    this.links = links;
    this.onChoice = onChoice;
    this.onFile = onFile;
    this.newer.addEventListener("click", () => this.toEnd());
    addEventListener("scroll", () => this.#atEnd() && (this.newer.hidden = true), {
      passive: true,
    });
  }

  clear() {
    this.list.replaceChildren();
    this.typing(false);
    this.newer.hidden = true;
  }

  /** Add messages that came; `response` is what safety answered with, if it did. */
  add(messages, response = null) {
    const wasAtEnd = this.#atEnd();
    const shown = new Set(
      messages.flatMap((message) => message.services ?? []).map((service) => digits(service.phone)),
    );
    const nodes = messages.map((message) => this.#message(message, response, shown));
    this.list.append(...nodes);
    return { nodes, wasAtEnd };
  }

  /** Put the greeting of a new conversation in, before what was written while it came. */
  greet(messages) {
    for (const old of this.list.querySelectorAll(".greeting")) old.remove();
    const { nodes } = this.add(messages);
    for (const node of nodes) node.classList.add("greeting");
    const early = this.list.querySelector(".pending");
    if (!early) return;
    early.before(...nodes);
    this.dropChoices();
  }

  /** Show a conversation taken up again, without reading all of it aloud. */
  restore(messages) {
    const early = this.list.querySelectorAll(".pending");
    this.list.setAttribute("aria-live", "off");
    this.clear();
    const answered = messages.map((message) => message.from).lastIndexOf("youth");
    this.add(
      messages.map((message, index) => (index < answered ? { ...message, choices: [] } : message)),
    );
    this.list.append(...early);
    this.toEnd("auto");
    setTimeout(() => this.list.setAttribute("aria-live", "polite"), 500);
  }

  /** Show what the youth just said; return the bubble so that its fate can be shown. */
  youth(text) {
    this.dropChoices();
    const [bubble] = this.add([{ from: "youth", text }]).nodes;
    bubble.classList.add("pending");
    this.toEnd();
    return bubble;
  }

  /** A sentence of the page itself; `extra` stands under it. */
  note(text, ...extra) {
    const last = this.list.lastElementChild;
    if (last?.dataset.note === text) return last;
    const [node] = this.add([{ from: "system", text }]).nodes;
    node.dataset.note = text;
    node.append(...extra);
    this.reveal(node);
    return node;
  }

  /** Say under a bubble what has become of it; `again` sends it anew. */
  fate(bubble, text, again = null) {
    bubble.querySelector(".fate")?.remove();
    bubble.classList.toggle("pending", Boolean(text));
    if (!text) return;
    const retry = again ? button(this.texts.say("again"), "quiet", again) : null;
    bubble.append(el("div", { className: "fate" }, el("span", {}, text), retry));
  }

  /** Say under the last bubble of the youth that the human has read it. */
  wasRead() {
    const last = [...this.list.querySelectorAll(".message.youth")].at(-1);
    this.list.querySelector(".read")?.remove();
    last?.append(el("div", { className: "read" }, this.texts.say("read")));
  }

  dropChoices() {
    for (const old of this.list.querySelectorAll(".choices")) old.remove();
  }

  typing(on) {
    if (this.dots.hidden !== on) return;
    this.dots.hidden = !on;
    if (on && this.#atEnd()) this.toEnd();
  }

  /** Scroll so that reading can go on at `first`: to the end, or to `first` when more follows. */
  reveal(first) {
    const room =
      innerHeight -
      (this.page.classList.contains("tight")
        ? 0
        : this.header.offsetHeight + this.composer.offsetHeight);
    const needed = this.list.getBoundingClientRect().bottom - first.getBoundingClientRect().top;
    if (needed <= room) this.toEnd();
    else first.scrollIntoView({ block: "start", behavior: scrolling() });
  }

  toEnd(behavior = scrolling()) {
    const last = this.list.lastElementChild;
    if (this.page.classList.contains("tight")) last?.scrollIntoView({ block: "end", behavior });
    else scrollTo({ top: document.documentElement.scrollHeight, behavior });
    this.newer.hidden = true;
  }

  #atEnd() {
    const end = document.documentElement.scrollHeight - innerHeight;
    return scrollY >= end - NEAR_END;
  }

  #message(message, response, shown) {
    const { from, text, services = [], choices = [], id } = message;
    // A conversation taken up again does not tell what safety answered; emergency numbers do.
    const urgent = services.some((service) => service.type === "nodnummer");
    const safe = urgent || ["emergency", "human"].includes(response) ? " safe" : "";
    const lang = this.texts.of(text);
    const words = el("p", { className: "text" }, from === "youth" ? text : this.links.linked(text));
    const node = el(
      "div",
      { className: `message ${from}${safe}`, lang, "data-id": id },
      el("span", { className: "who" }, this.texts.say(`from.${from}`)),
      words,
    );
    if (safe) node.append(...this.#calls(words, shown));
    const numbers = safe ? services.filter(isNumber) : [];
    const cards = services.filter((service) => !numbers.includes(service));
    if (services.length) node.classList.add("broad");
    if (numbers.length) node.append(...numberRows(numbers, this.texts));
    if (cards.length) node.append(this.#services(cards));
    if (choices.length) node.append(this.#choices(choices));
    if (id?.startsWith(CALENDAR_FILE)) node.append(this.#fileButton());
    return node;
  }

  /** The numbers of a safety message as buttons, those left out that stand elsewhere already. */
  #calls(words, shown) {
    const numbers = [...words.querySelectorAll("a.phone")]
      .map((link) => link.textContent)
      .filter((number) => !shown.has(digits(number)) && shown.add(digits(number)));
    const links = numbers.map((number) =>
      phoneLink(number, this.texts.say("service.call", { number })),
    );
    return links.length ? [el("p", { className: "ways calls" }, ...links)] : [];
  }

  #services(services) {
    return el(
      "ul",
      { className: "services" },
      ...services.map((service) => serviceCard(service, this.texts, this.links)),
    );
  }

  #fileButton() {
    const save = button(this.texts.say("calendar"), "outline", () => this.onFile());
    return el("p", { className: "ways" }, save);
  }

  #choices(choices) {
    const buttons = choices.map((choice) =>
      button(choice.label, "choice", (event) => this.onChoice(choice, byKeyboard(event))),
    );
    return el(
      "div",
      { className: "choices", role: "group", "aria-label": this.texts.say("choices") },
      ...buttons,
    );
  }
}
