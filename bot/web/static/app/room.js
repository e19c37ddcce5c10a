/**
 * Lets header and box scroll away where they would leave too little room for the messages, and
 * tells the styles how high they are, so that nothing one goes to is hidden under them.
 */

/** The part of the window's height that they may take, and what they must get down to again. */
const MOST = 0.55;
const AGAIN = 0.5;

/** @param {HTMLElement} root the whole chat */
export function watchRoom(root) {
  const fixed = [root.querySelector(".top"), root.querySelector(".composer")];
  const measure = () => {
    const used = fixed.reduce((sum, part) => sum + part.offsetHeight, 0);
    const limit = root.classList.contains("tight") ? AGAIN : MOST;
    root.classList.toggle("tight", used > innerHeight * limit);
    for (const [index, name] of ["--header", "--composer"].entries()) {
      document.documentElement.style.setProperty(name, `${fixed[index].offsetHeight}px`);
    }
  };
  const observer = new ResizeObserver(measure);
  for (const part of fixed) observer.observe(part);
  addEventListener("resize", measure);
}
