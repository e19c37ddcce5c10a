/** The box to write in: Enter sends, Shift+Enter makes a new line, and it grows with the text. */

/** How many characters from the limit the counter begins to speak. */
const NEAR = 200;

export class Composer {
  /**
   * @param {HTMLElement} root
   * @param {import("./i18n.js").Texts} texts
   * @param {number} limit characters that a message may have
   * @param {(text: string) => void} onSend
   */
  constructor(root, texts, limit, onSend) {
    this.box = root.querySelector("textarea");
    this.count = root.querySelector(".count");
    this.spoken = root.querySelector(".count-spoken");
    this.timer = 0;
    this.texts = texts;
    this.limit = limit;
    this.onSend = onSend;
    this.box.addEventListener("input", () => this.#changed());
    this.box.addEventListener("keydown", (event) => this.#key(event));
    root.querySelector("[data-act=send]").addEventListener("click", () => this.send());
    this.#changed();
  }

  get text() {
    return this.box.value;
  }

  /** Send what stands in the box, however long: the answer says what to do, and help comes first. */
  send() {
    const text = this.box.value.trim();
    if (!text) {
      this.box.focus();
      return;
    }
    this.set("");
    this.box.focus();
    this.onSend(text);
  }

  set(text) {
    this.box.value = text;
    this.#changed();
  }

  /** Put a text that could not be sent back, before what has been written since. */
  giveBack(text) {
    this.set([text, this.box.value].filter((part) => part.trim()).join("\n"));
    this.box.focus();
  }

  focus() {
    this.box.focus();
  }

  #key(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.send();
  }

  #changed() {
    const left = this.limit - [...this.box.value.trim()].length;
    const words =
      left > NEAR
        ? ""
        : left >= 0
          ? this.texts.say("count.left", { count: left })
          : this.texts.say("count.over", { count: -left });
    this.count.textContent = words;
    // Said aloud when the typing pauses, not at every letter.
    clearTimeout(this.timer);
    this.timer = setTimeout(() => (this.spoken.textContent = words), 1_000);
    this.count.classList.toggle("over", left < 0);
    this.#grow();
  }

  /** For browsers that do not know `field-sizing: content`. */
  #grow() {
    if (CSS.supports("field-sizing", "content")) return;
    this.box.style.height = "auto";
    this.box.style.height = `${this.box.scrollHeight + 2}px`;
  }
}
