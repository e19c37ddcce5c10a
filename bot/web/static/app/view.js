/** Shows what the conversation tells: answers, states, what has not been sent, what went wrong. */

import { Composer } from "./composer.js";
import { closable, open } from "./dialogs.js";
import { button } from "./dom.js";
import { Links } from "./links.js";
import { Log } from "./log.js";
import { Notices } from "./notices.js";
import { watchRoom } from "./room.js";

/** How long "skriver …" stands after a sign that a human is writing (ms). */
const TYPING_STANDS = 6_000;
const TOO_LONG = ["text_too_long", "body_too_large"];

export class View {
  /**
   * @param {HTMLElement} root the chat as the server drew it
   * @param {any} config
   * @param {import("./i18n.js").Texts} texts
   * @param {{say: Function, choose: Function, again: Function, wake: Function, restart: Function,
   *   saveCalendar: Function}} acts
   */
  constructor(root, config, texts, acts) {
    this.root = root;
    this.texts = texts;
    this.acts = acts;
    this.state = "bot";
    this.links = new Links({ ...config, newTab: () => texts.say("newtab") });
    this.log = new Log(root, texts, this.links, acts.choose, acts.saveCalendar);
    this.composer = new Composer(
      root.querySelector(".composer"),
      texts,
      config.maxCharacters,
      acts.say,
    );
    this.card = root.querySelector("dialog.card");
    this.notices = new Notices(root.querySelector(".state"), texts, {
      onRetry: acts.wake,
      onUrgent: () => open(this.card),
    });
    closable(this.card);
    watchRoom(root);
  }

  /** Write every sentence in the language that is chosen now. */
  translate() {
    this.texts.apply(this.root, (text) => this.links.linked(text));
    const privacy = this.root.querySelector("a.privacy");
    privacy.href = privacy
      .getAttribute("href")
      .replace(/language=\w+/, `language=${this.texts.language}`);
    this.notices.show();
  }

  greeted(messages) {
    this.log.greet(messages);
  }

  resumed(messages) {
    this.log.restore(messages);
  }

  /** Show that an answer is on its way; a human's comes when it comes. */
  awaitAnswer() {
    if (this.state !== "human") this.log.typing(true);
  }

  answered(turn, item, more) {
    this.log.fate(item.bubble, "");
    this.log.typing(false);
    if (more) this.awaitAnswer();
    this.#show(turn.messages, turn.safety?.response, item.bubble);
  }

  heard(messages) {
    this.log.typing(false);
    const { nodes, wasAtEnd } = this.log.add(messages);
    if (wasAtEnd) this.log.reveal(nodes[0]);
    else this.log.newer.hidden = false;
  }

  typed() {
    this.log.typing(true);
    clearTimeout(this.typingEnds);
    this.typingEnds = setTimeout(() => this.log.typing(false), TYPING_STANDS);
  }

  /** The human has read everything that has been sent so far. */
  read() {
    this.log.wasRead();
  }

  stateChanged(state) {
    const before = this.state;
    this.state = state;
    this.root.querySelector("[data-act=human]").hidden = ["waiting", "human"].includes(state);
    this.notices.set(state === "bot" && before === "human" ? "back" : state);
    if (state === "closed") this.#offerRestart(this.texts.say("state.closed"));
  }

  offline(now) {
    this.notices.setOffline(now);
    if (now) this.log.typing(false);
  }

  waiting(item) {
    this.log.fate(item.bubble, this.texts.say("unsent"));
  }

  /** A refusal: its sentence, and help where safety saw a need. The words are kept. */
  refused(why, item) {
    this.log.typing(false);
    if (item) this.#keep(item, why);
    const note = this.log.note(why.message || this.texts.say("trouble"));
    if (!why.safety) return;
    this.#show(why.messages, why.safety.response, note);
    this.log.list.append(this.#cardCopy());
  }

  /** The conversation is no more; `items` were not sent and are given back. */
  gone(why, items) {
    this.log.typing(false);
    for (const item of items) item.bubble.remove();
    const words = items.filter((item) => item.body.text).map((item) => item.text);
    if (words.length) this.composer.giveBack(words.join("\n"));
    if (why.safety) this.#show(why.messages, why.safety.response, null);
    this.#offerRestart(why.message || this.texts.say("state.closed"));
  }

  idle() {
    this.log.typing(false);
  }

  #show(messages, response, from) {
    const { nodes } = this.log.add(messages, response);
    const first = from?.isConnected ? from : nodes[0];
    if (first) this.log.reveal(first);
  }

  #keep(item, why) {
    if (TOO_LONG.includes(why.code)) {
      item.bubble.remove();
      this.composer.giveBack(item.text);
      return;
    }
    const again = why.code === "bad_choice" ? null : () => this.acts.again(item);
    this.log.fate(item.bubble, this.texts.say("failed"), again);
  }

  #offerRestart(sentence) {
    this.log.note(sentence, button(this.texts.say("restart"), "outline", this.acts.restart));
  }

  #cardCopy() {
    const copy = document.createElement("section");
    copy.className = "message system";
    copy.setAttribute("aria-label", this.texts.say("card.title"));
    for (const part of this.card.querySelectorAll(".numbers, .after"))
      copy.append(part.cloneNode(true));
    return copy;
  }
}
