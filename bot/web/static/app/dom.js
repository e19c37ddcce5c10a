/** Small helpers to build elements. Words only ever become text nodes. */

/**
 * Make an element. `given` holds properties of the element; keys with a dash, and `role`,
 * `for` and `lang` become attributes; undefined and null are left out.
 * @param {string} tag
 * @param {Record<string, unknown>} [given]
 * @param {...(Node|string|null|undefined)} children
 */
export function el(tag, given = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || value === null) continue;
    if (name.includes("-") || name === "role" || name === "lang")
      node.setAttribute(name, String(value));
    else node[name] = value;
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/** Words for screen readers alone. */
export function unseen(text) {
  return el("span", { className: "unseen" }, text);
}

/** A button that does one thing. */
export function button(label, className, onPress) {
  const node = el("button", { type: "button", className }, label);
  node.addEventListener("click", onPress);
  return node;
}

/** True when the press came from a keyboard or an aid, which say that nothing was clicked. */
export function byKeyboard(event) {
  return event.detail === 0;
}

/** How to scroll: smoothly unless that was asked not to be done. */
export function scrolling() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
}

/** Let the browser save `blob` as a file. */
export function save(blob, name) {
  const href = URL.createObjectURL(blob);
  el("a", { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 10_000);
}
