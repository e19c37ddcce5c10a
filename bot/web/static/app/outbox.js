/**
 * What the young person has said and the bot has not yet answered. One thing at a time, in
 * order; without a network it waits here, is seen to wait, and is sent again. It may have arrived
 * with only the answer lost: each has an id, and sent twice it is one message for the server.
 */

import { Refused } from "./api.js";
import { Pause } from "./pause.js";

const FIRST_WAIT = 1_500;
const LONGEST_WAIT = 20_000;

/**
 * @typedef {{body: {text?: string, choice?: string}, text: string, bubble: HTMLElement, id?: string}} Item
 */
export class Outbox {
  /**
   * @param {(item: Item) => Promise<any>} deliver resolves to a turn
   * @param {{onTurn: (turn: any, item: Item) => void, onWaiting: (item: Item) => void,
   *   onRefused: (why: Refused, item: Item) => void, onIdle: () => void}} told
   */
  constructor(deliver, told) {
    this.deliver = deliver;
    this.told = told;
    /** @type {Item[]} */
    this.items = [];
    this.working = false;
    this.closed = false;
    this.pause = new Pause();
  }

  get size() {
    return this.items.length;
  }

  /** @param {Item} item */
  push(item) {
    item.id ??= newId();
    this.items.push(item);
    this.#work();
  }

  /** Try now what waits. */
  wake() {
    this.pause.end();
  }

  /** Forget what has not been sent. */
  clear() {
    this.items = [];
    this.pause.end();
  }

  close() {
    this.closed = true;
    this.clear();
  }

  async #work() {
    if (this.working) return;
    this.working = true;
    let wait = FIRST_WAIT;
    while (this.items.length && !this.closed) {
      const item = this.items[0];
      try {
        const turn = await this.deliver(item);
        wait = FIRST_WAIT;
        if (this.#done(item)) this.told.onTurn(turn, item);
      } catch (error) {
        if (this.items[0] !== item) continue;
        if (error instanceof Refused) {
          this.#done(item);
          this.told.onRefused(error, item);
          continue;
        }
        this.told.onWaiting(item);
        await this.pause.wait(wait);
        wait = Math.min(wait * 2, LONGEST_WAIT);
      }
    }
    this.working = false;
    if (!this.closed) this.told.onIdle();
  }

  /** Take `item` out; false when it was cleared away meanwhile. */
  #done(item) {
    if (this.items[0] !== item) return false;
    this.items.shift();
    return true;
  }
}

function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
