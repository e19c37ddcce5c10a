/** The line under the header: who one writes with, and whether anything gets through. */

import { button } from "./dom.js";

export class Notices {
  /**
   * @param {HTMLElement} line
   * @param {import("./i18n.js").Texts} texts
   * @param {{onRetry: () => void, onUrgent: () => void}} told
   */
  constructor(line, texts, { onRetry, onUrgent }) {
    this.line = line;
    this.texts = texts;
    this.onRetry = onRetry;
    this.onUrgent = onUrgent;
    this.state = "bot";
    this.offline = false;
    this.shown = "";
  }

  /** Show a state: bot, waiting, human, closed, or `back` when the bot took over from a human. */
  set(state) {
    this.state = state;
    this.show();
  }

  setOffline(offline) {
    this.offline = offline;
    this.show();
  }

  show() {
    const key = this.offline ? "offline" : this.state === "bot" ? "" : `state.${this.state}`;
    const now = `${this.texts.language} ${key}`;
    if (now === this.shown) return;
    this.shown = now;
    this.line.dataset.state = this.offline ? "offline" : this.state;
    this.line.replaceChildren();
    if (!key) return;
    const words = document.createElement("p");
    words.textContent = this.texts.say(key);
    this.line.append(words);
    if (this.offline) {
      this.line.append(
        button(this.texts.say("retry"), "quiet", this.onRetry),
        button(this.texts.say("urgent"), "quiet", this.onUrgent),
      );
    }
  }
}
