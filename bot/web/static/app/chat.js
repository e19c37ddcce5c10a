/** `<ungveiviser-chat>`: what a young person can do here. The server has drawn the page. */

import { Refused } from "./api.js";
import { CodeDialog } from "./codes.js";
import { Conversation } from "./conversation.js";
import { DeleteDialog, open } from "./dialogs.js";
import { save } from "./dom.js";
import { Texts } from "./i18n.js";
import { leave, onThreeEscapes } from "./leave.js";
import { Session } from "./session.js";
import { View } from "./view.js";

/** How long (ms) a page may be out of sight before it asks what it missed. */
const ASLEEP = 20_000;

export class Chat extends HTMLElement {
  connectedCallback() {
    if (this.config) return;
    this.config = JSON.parse(document.getElementById("ungveiviser-config").textContent);
    this.texts = new Texts(this.config.texts, this.config.language);
    this.chosen = this.config.chosen;
    this.view = new View(this, this.config, this.texts, {
      say: (text) => this.say({ text }, text),
      choose: (choice, keyboard) => this.#choose(choice, keyboard),
      again: (item) => this.#again(item),
      wake: () => this.conversation.wake(),
      restart: () => this.#restart(),
      saveCalendar: () => this.#saveCalendar(),
    });
    this.conversation = new Conversation(
      new Session(this.config.resumeMinutes),
      () => this.#wishes(),
      this.view,
    );
    this.deletion = new DeleteDialog(this.querySelector("dialog.confirm"), this.texts, () =>
      this.#delete(),
    );
    this.codes = new CodeDialog(this.querySelector("dialog.return"), this.texts, {
      make: (askHelped) => this.conversation.code(askHelped),
      comeBack: (code) => this.conversation.comeBack(code),
      back: () => (this.view.composer.set(""), this.view.composer.focus()),
      answered: (why) => this.view.refused(why, null),
    });
    this.view.translate();
    this.#listen();
    this.conversation.open();
  }

  /** Say something in a bubble of its own. `body` is what the API gets, `text` what is seen. */
  say(body, text) {
    this.#send({ body, text, bubble: this.view.log.youth(text) });
  }

  #listen() {
    const act = (name, go) =>
      this.querySelector(`[data-act=${name}]`).addEventListener("click", go);
    act("human", () =>
      this.say({ text: this.texts.say("human.text") }, this.texts.say("human.text")),
    );
    act("language", () => this.#switchLanguage());
    act("delete", () => this.#askDelete());
    act("code", () => this.codes.ask());
    act("urgent", () => open(this.view.card));
    for (const link of this.querySelectorAll(".leave")) {
      link.addEventListener("click", (event) => {
        event.preventDefault();
        this.#leave();
      });
    }
    this.querySelector("textarea").addEventListener("input", () => this.conversation.writing());
    onThreeEscapes(() => this.#leave());
    addEventListener("message", ({ source, data }) => {
      if (source === window.parent && data?.type === "ungveiviser:leave-now") this.#leave();
    });
    addEventListener("online", () => {
      this.view.offline(this.conversation.outbox.size > 0);
      this.conversation.wake();
    });
    addEventListener("offline", () => this.view.offline(true));
    addEventListener("beforeunload", (event) => {
      if (!this.left && this.conversation.outbox.size) event.preventDefault();
    });
    addEventListener("pageshow", (event) => event.persisted && location.reload());
    document.addEventListener("visibilitychange", () => this.#seen());
  }

  #send(item) {
    const language = this.chosen ? { language: this.texts.language } : {};
    this.view.awaitAnswer();
    this.conversation.say({ ...item, body: { ...item.body, ...language } });
  }

  #choose(choice, keyboard) {
    this.say({ choice: choice.value }, choice.label);
    if (keyboard) this.view.composer.focus();
  }

  #again(item) {
    this.view.log.fate(item.bubble, "");
    this.#send(item);
  }

  /** Before anything is said the greeting comes anew; later the answers change from here on. */
  #switchLanguage() {
    this.texts.language = this.texts.other;
    this.chosen = true;
    this.view.translate();
    if (this.querySelector(".message.youth")) {
      this.view.log.note(this.texts.say("language.changed"));
      return;
    }
    this.conversation.remove().catch(() => {});
    this.conversation.reset();
    this.conversation.open();
  }

  #askDelete() {
    this.deletion.ask(["waiting", "human"].includes(this.conversation.state));
    if (!this.conversation.session.id) return;
    this.conversation.api.read().then(
      (now) => this.deletion.exactly(now.deletion_notice, now.language),
      () => {},
    );
  }

  async #delete() {
    await this.conversation.remove();
    this.#wipe();
    this.view.log.note(this.texts.say("delete.done"));
    this.conversation.open();
  }

  /** Fetch the calendar file with the key in a header, and hand it to the browser. */
  async #saveCalendar() {
    try {
      save(await this.conversation.api.calendar(), "avtale.ics");
    } catch (error) {
      const why = error instanceof Refused ? error.message : "";
      this.view.log.note(why || this.texts.say("trouble"));
    }
  }

  #restart() {
    this.#wipe();
    this.conversation.open();
    this.view.composer.focus();
  }

  #wipe() {
    this.conversation.reset();
    this.view.log.clear();
    this.view.composer.set("");
  }

  #leave() {
    this.left = true;
    leave(this.config.leaveUrl, () => {
      this.conversation.close();
      this.view.composer.set("");
      this.codes.clear();
    });
  }

  #seen() {
    if (document.visibilityState === "hidden") {
      this.hiddenAt = Date.now();
      return;
    }
    this.conversation.wake();
    this.conversation.seen();
    if (Date.now() - (this.hiddenAt ?? Date.now()) > ASLEEP)
      this.conversation.catchUp().catch(() => {});
  }

  #wishes() {
    return {
      ...(this.chosen ? { language: this.texts.language } : {}),
      ...(this.config.municipality ? { municipality: this.config.municipality } : {}),
    };
  }
}
