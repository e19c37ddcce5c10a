/** Calls to the chat API. The key goes in a header, never in an address. */

/** No answer, or none that came from the bot: trying again may help. */
export class Offline extends Error {}

/** The bot said no, in a sentence that can be shown. */
export class Refused extends Error {
  /** @param {number} status @param {any} body @param {string | null} retryAfter */
  constructor(status, body, retryAfter) {
    super(body?.error?.message ?? "");
    this.status = status;
    this.code = body?.error?.code ?? "";
    this.safety = body?.safety ?? null;
    this.messages = body?.messages ?? [];
    this.retryAfter = retryAfter ? Number(retryAfter) || null : null;
  }

  /** True when the conversation cannot be gone on with. */
  get gone() {
    return [401, 403, 404].includes(this.status);
  }
}

const SECONDS = 20;
/** Asked without a key; the code goes in the body, never in an address. */
const RETURN = "/api/return";

export class Api {
  /** @param {import("./session.js").Session} session */
  constructor(session, base = "/api/conversations") {
    this.session = session;
    this.base = base;
    this.leaving = new AbortController();
  }

  /** Start a conversation: `{id, token, messages}`. */
  begin(body) {
    return this.#json("POST", "", body);
  }

  /** Say something: `{text}` or `{choice}`, with `language` where it was chosen. Returns a turn. */
  send(body) {
    return this.#json("POST", `/${this.session.id}/messages`, body);
  }

  /** Return the conversation so far. */
  read() {
    return this.#json("GET", `/${this.session.id}`);
  }

  /** Return the calendar file of the appointment. */
  async calendar() {
    return (await this.#call("GET", `/${this.session.id}/calendar`)).blob();
  }

  /** Make a code to come back with: `{code, seconds, notices, may_copy}`. */
  code(askHelped) {
    return this.#json("POST", `/${this.session.id}/code`, { ask_helped: askHelped });
  }

  /** Come back with a code: `{id, token}`. */
  comeBack(code) {
    return this.#json("POST", RETURN, { code });
  }

  /** Tell the human that one writes, or what has arrived or been read. Never matters when lost. */
  sign(body) {
    this.#call("POST", `/${this.session.id}/signs`, body).catch(() => {});
  }

  /**
   * Tell the human that the way out was pressed. Goes on by itself while the page is emptied and
   * replaced, and is not ended with the other calls.
   */
  signLeft() {
    try {
      fetch(`${this.base}/${this.session.id}/signs`, {
        method: "POST",
        body: JSON.stringify({ left: true }),
        headers: { "Content-Type": "application/json", Authorization: `Bearer ${this.session.token}` },
        keepalive: true,
        credentials: "omit",
        referrerPolicy: "no-referrer",
      }).catch(() => {});
    } catch {
      // Leaving comes first.
    }
  }

  /** Delete the conversation. */
  async remove() {
    await this.#call("DELETE", `/${this.session.id}`);
  }

  /** Open the event stream; resolves to the response whose body streams. */
  events(lastEventId, signal) {
    const headers = {
      Accept: "text/event-stream",
      ...(lastEventId ? { "Last-Event-ID": lastEventId } : {}),
    };
    return this.#fetch("GET", `/${this.session.id}/events`, { headers, signal });
  }

  /** End every call under way; nothing more is sent. */
  close() {
    this.leaving.abort();
  }

  async #json(method, path, body) {
    const answer = await this.#call(method, path, body);
    try {
      return await answer.json();
    } catch {
      throw new Offline("not JSON");
    }
  }

  async #call(method, path, body) {
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(), SECONDS * 1000);
    const given =
      body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } };
    try {
      return await this.#fetch(method, path, { ...given, signal: limit.signal });
    } finally {
      clearTimeout(timer);
    }
  }

  async #fetch(method, path, { headers = {}, body, signal }) {
    const own = path && path !== RETURN && this.session.token;
    const key = own ? { Authorization: `Bearer ${this.session.token}` } : {};
    const stop = new AbortController();
    for (const one of [signal, this.leaving.signal])
      one?.addEventListener("abort", () => stop.abort(), { once: true });
    if (this.leaving.signal.aborted || signal?.aborted) stop.abort();
    let answer;
    try {
      answer = await fetch(path === RETURN ? path : this.base + path, {
        method,
        body,
        headers: { ...headers, ...key },
        signal: stop.signal,
        credentials: "omit",
        cache: "no-store",
        referrerPolicy: "no-referrer",
      });
    } catch (error) {
      throw new Offline(String(error));
    }
    if (answer.ok) return answer;
    const said = await answer.json().catch(() => null);
    if (answer.status >= 500 || !said?.error) throw new Offline(`status ${answer.status}`);
    throw new Refused(answer.status, said, answer.headers.get("Retry-After"));
  }
}
