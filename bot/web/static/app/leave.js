/**
 * "Forlat siden": clears the screen and goes to a neutral page. The page is replaced, so that
 * "back" does not come here; the browser's list of visited pages is out of our reach.
 */

const TIMES = 3;
const WITHIN = 2_000;
/** How long (ms) the widget has to take the host page away before the frame tries. */
const WIDGET_HAS = 300;

/** Call `go` when Esc has been pressed three times within two seconds. */
export function onThreeEscapes(go, target = document) {
  let pressed = [];
  target.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Escape" || event.repeat) return;
      const now = Date.now();
      pressed = [...pressed, now].filter((at) => now - at <= WITHIN);
      if (pressed.length >= TIMES) go();
    },
    { capture: true },
  );
}

/**
 * @param {string} url
 * @param {() => void} forget clears what the page holds and ends its calls
 */
export function leave(url, forget) {
  forget();
  document.title = " ";
  document.body.replaceChildren();
  if (window.parent === window) {
    location.replace(url);
    return;
  }
  // In a frame the whole page has to go. The widget on the host page does it; where there is
  // none, the frame tries itself, which browsers allow after a press inside it.
  window.parent.postMessage({ type: "ungveiviser:leave", url }, "*");
  setTimeout(() => {
    try {
      window.top.location.replace(url);
    } catch {
      location.replace("about:blank");
    }
  }, WIDGET_HAS);
}
