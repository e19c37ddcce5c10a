/**
 * One conversation with the bot: begins it or takes it up again, sends what is said, and hears
 * what comes. Knows nothing of how it is shown; tells `view` instead.
 */

import { Api, Offline, Refused } from "./api.js";
import { Outbox } from "./outbox.js";
import { Pause } from "./pause.js";
import { Stream } from "./stream.js";

const FIRST_WAIT = 2_000;
const LONGEST_WAIT = 20_000;
const TYPING_PAUSE = 3_000;

export class Conversation {
  /**
   * @param {import("./session.js").Session} session
   * @param {() => {language?: string, municipality?: string}} wishes for a new conversation
   * @param {{greeted: Function, resumed: Function, answered: Function, heard: Function,
   *   stateChanged: Function, typed: Function, read: Function, offline: Function, waiting: Function,
   *   refused: Function, gone: Function, idle: Function}} view
   */
  constructor(session, wishes, view) {
    this.session = session;
    this.wishes = wishes;
    this.view = view;
    this.api = new Api(session);
    this.known = new Set();
    this.heard = 0;
    this.signed = 0;
    this.lastHuman = null;
    this.state = "bot";
    this.round = 0;
    this.starting = null;
    this.pause = new Pause();
    this.outbox = new Outbox((item) => this.#deliver(item), {
      onTurn: (turn, item) => this.#answered(turn, item),
      onWaiting: (item) => (view.offline(true), view.waiting(item)),
      onRefused: (why, item) => this.#refused(why, item),
      onIdle: () => view.idle(),
    });
    this.stream = new Stream((lastId, signal) => this.api.events(lastId, signal), {
      onEvent: (event) => this.#event(event),
      onGone: (why) => this.#lost(why),
      onLine: (up) => this.#line(up),
    });
  }

  /** Take up the tab's conversation, or begin a new one. Goes on trying without a network. */
  open() {
    if (this.starting) return this.starting;
    const mine = this.#open(this.round).finally(() => {
      if (this.starting === mine) this.starting = null;
    });
    this.starting = mine;
    return mine;
  }

  /** @param {import("./outbox.js").Item} item */
  say(item) {
    this.session.touch();
    this.outbox.push(item);
  }

  /** Try now whatever waits. */
  wake() {
    this.pause.end();
    this.outbox.wake();
    this.stream.wake();
  }

  /** Hear what was missed, for instance while the phone slept. */
  async catchUp() {
    if (!this.session.id || this.starting || this.outbox.size) return;
    const round = this.round;
    const now = await this.api.read();
    if (round !== this.round || this.outbox.size) return;
    this.#hear(now.messages.filter((message) => message.from !== "youth"));
    this.#setState(now.state);
  }

  /** Let the human know that one is writing: at most every few seconds. */
  writing() {
    if (this.state !== "human" || Date.now() - this.signed < TYPING_PAUSE) return;
    this.signed = Date.now();
    this.api.sign({ typing: true });
  }

  /** Let the human know what has reached this page, and whether it is in sight. */
  seen() {
    if (!this.lastHuman || this.state !== "human") return;
    const read = document.visibilityState === "visible" ? { read: this.lastHuman } : {};
    this.api.sign({ delivered: this.lastHuman, ...read });
  }

  /** Delete the conversation everywhere. Rejects when that could not be done now. */
  async remove() {
    if (!this.session.id) return;
    try {
      await this.api.remove();
    } catch (error) {
      if (!(error instanceof Refused && error.gone)) throw error;
    }
  }

  /** Make a code to come back with, beginning the conversation first if need be. */
  async code(askHelped) {
    if (!this.session.id) await Promise.race([this.open(), sleep(FIRST_WAIT)]);
    if (!this.session.id) throw new Offline("no conversation yet");
    this.session.touch();
    return this.api.code(askHelped);
  }

  /** Take up the conversation of a code instead of this one. Rejects when the code opens none. */
  async comeBack(code) {
    const { id, token } = await this.api.comeBack(code);
    const unused = !this.heard && !this.outbox.size;
    if (unused) this.remove().catch(() => {});
    this.reset();
    this.session.begin(id, token);
    await this.open();
  }

  /** Forget the conversation here, so that `open` begins a new one. */
  reset() {
    this.round += 1;
    this.stream.stop();
    this.outbox.clear();
    this.session.clear();
    this.known.clear();
    this.heard = 0;
    this.starting = null;
    this.pause.end();
    this.#setState("bot");
  }

  /** End everything; nothing is sent or heard any more. */
  close() {
    if (this.session.id && this.state !== "bot") this.api.signLeft();
    this.outbox.close();
    this.stream.stop();
    this.api.close();
    this.session.clear();
  }

  async #open(round) {
    let wait = FIRST_WAIT;
    while (round === this.round) {
      try {
        if (this.session.id || this.session.resume()) await this.#resume(round);
        else await this.#begin(round);
        this.view.offline(false);
        this.outbox.wake();
        return;
      } catch (error) {
        if (round !== this.round) return;
        if (this.#tryAgainAtOnce(error)) continue;
        await this.pause.wait(error.retryAfter ? error.retryAfter * 1000 : wait);
        wait = Math.min(wait * 2, LONGEST_WAIT);
      }
    }
  }

  /** Say what hinders the start; true when a new conversation can be begun right away. */
  #tryAgainAtOnce(error) {
    if (!(error instanceof Refused)) {
      this.view.offline(true);
      return false;
    }
    const stale = error.gone && this.session.id !== null;
    if (stale) this.session.clear();
    else this.view.refused(error, null);
    return stale;
  }

  async #begin(round) {
    const begun = await this.api.begin(this.wishes());
    if (round !== this.round) return;
    this.session.begin(begun.id, begun.token);
    this.#note(begun.messages);
    this.view.greeted(begun.messages);
  }

  async #resume(round) {
    const now = await this.api.read();
    if (round !== this.round) return;
    this.session.touch();
    this.#note(now.messages);
    this.heard = youthOf(now).length;
    this.view.resumed(now.messages);
    this.#setState(now.state);
    this.stream.lastId = now.last_event_id ?? null;
    if (this.heard) this.stream.start();
  }

  async #deliver(item) {
    // A begun conversation wakes what waits here.
    if (!this.session.id) await Promise.race([this.open(), sleep(FIRST_WAIT)]);
    if (!this.session.id) throw new Offline("no conversation yet");
    return this.api.send({ ...item.body, id: item.id });
  }

  #answered(turn, item) {
    this.heard += 1;
    this.session.touch();
    this.view.offline(false);
    const messages = turn.messages.filter((message) => !this.known.has(message.id));
    this.#note(messages);
    // The line that tells the state moves the messages: it goes first, a farewell last.
    if (turn.state !== "closed") this.#setState(turn.state);
    this.view.answered({ ...turn, messages }, item, this.outbox.size > 0);
    this.#setState(turn.state);
    this.stream.start();
  }

  #refused(why, item) {
    this.view.offline(false);
    if (why.safety && !why.gone) {
      this.heard += 1;
      item.id = null; // it was heard; said again it is a new message
    }
    if (why.gone) this.#lost(why, item);
    else this.view.refused(why, item);
  }

  #lost(why, item = null) {
    const unsent = [...(item ? [item] : []), ...this.outbox.items];
    this.reset();
    this.view.gone(why, unsent);
  }

  /** The stream came or went. Without it only a human's words are missed, so only then is it said. */
  #line(up) {
    if (up && !this.outbox.size) this.view.offline(false);
    if (!up && ["waiting", "human"].includes(this.state)) this.view.offline(true);
  }

  #event(event) {
    this.session.touch();
    if (event.type === "message") this.#hear([event.message]);
    else if (event.type === "state") this.#setState(event.state);
    else if (event.type === "typing") this.view.typed();
    else if (event.type === "read") this.#wasRead(event.message).catch(() => {});
  }

  #hear(messages) {
    const fresh = messages.filter(
      (message) => message.from !== "youth" && !this.known.has(message.id),
    );
    this.#note(fresh);
    if (!fresh.length) return;
    this.view.heard(fresh);
    const human = fresh.filter((message) => message.from === "human").at(-1);
    if (!human) return;
    this.lastHuman = human.id;
    this.seen();
  }

  /** Say that all has been read, when `id` is the last that was said: never of what came after. */
  async #wasRead(id) {
    const mine = youthOf(await this.api.read());
    if (mine.at(-1)?.id === id && mine.length === this.heard && !this.outbox.size) this.view.read();
  }

  #note(messages) {
    for (const message of messages) this.known.add(message.id);
  }

  #setState(state) {
    if (!["bot", "waiting", "human", "closed"].includes(state) || state === this.state) return;
    this.state = state;
    this.view.stateChanged(state);
  }
}

/** The youth's messages of a conversation. */
function youthOf(conversation) {
  return conversation.messages.filter((message) => message.from === "youth");
}

function sleep(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
