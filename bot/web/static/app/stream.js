/** Follows the event stream of a conversation; resumes with nothing lost, and gently. */

import { Refused } from "./api.js";
import { Pause } from "./pause.js";

const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 8_000;
/** The gateway sends a sign of life every 15 s; without one for this long the line is dead. */
const SILENCE = 45_000;

/**
 * Cut what has come so far into whole events and the rest.
 * @param {string} text
 * @returns {[{id: string | null, data: string}[], string]}
 */
export function cut(text) {
  const blocks = text.replace(/\r\n?/g, "\n").split("\n\n");
  const rest = blocks.pop() ?? "";
  const events = [];
  for (const block of blocks) {
    let id = null;
    const data = [];
    for (const line of block.split("\n")) {
      const [, field, value] = line.match(/^(\w+): ?(.*)$/) ?? [];
      if (field === "id") id = value;
      if (field === "data") data.push(value);
    }
    if (data.length) events.push({ id, data: data.join("\n") });
  }
  return [events, rest];
}

export class Stream {
  /**
   * @param {(lastId: string | null, signal: AbortSignal) => Promise<Response>} open
   * @param {{onEvent: (event: any) => void, onGone: (why: Refused) => void,
   *   onLine: (up: boolean) => void}} told
   */
  constructor(open, told) {
    this.open = open;
    this.told = told;
    this.lastId = null;
    this.running = null;
    this.pause = new Pause();
  }

  start() {
    if (this.running) return;
    this.running = new AbortController();
    this.#follow(this.running.signal);
  }

  stop() {
    this.running?.abort();
    this.running = null;
    this.lastId = null;
    this.pause.end();
  }

  /** Try again at once, for instance when the network is back. */
  wake() {
    this.pause.end();
  }

  async #follow(stopped) {
    let wait = FIRST_WAIT;
    while (!stopped.aborted) {
      const line = new AbortController();
      stopped.addEventListener("abort", () => line.abort(), { once: true });
      try {
        const answer = await this.open(this.lastId, line.signal);
        wait = FIRST_WAIT;
        this.told.onLine(true);
        await this.#read(answer, line);
      } catch (error) {
        if (stopped.aborted) return;
        if (error instanceof Refused && error.gone) {
          this.running = null;
          this.told.onGone(error);
          return;
        }
        this.told.onLine(false);
      }
      await this.pause.wait(wait * (0.75 + Math.random() / 2));
      wait = Math.min(wait * 2, LONGEST_WAIT);
    }
  }

  async #read(answer, line) {
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    for (;;) {
      const timer = setTimeout(() => line.abort(), SILENCE);
      const { value, done } = await reader.read().finally(() => clearTimeout(timer));
      if (done) return;
      const [events, left] = cut(rest + value);
      rest = left;
      for (const event of events) this.#take(event, line);
    }
  }

  #take({ id, data }, line) {
    if (line.signal.aborted) return;
    let event;
    try {
      event = JSON.parse(data);
    } catch {
      return;
    }
    this.told.onEvent({ ...event, id });
    if (id) this.lastId = id;
  }
}
