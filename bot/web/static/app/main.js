/** Starts the chat. */

import { Chat } from "./chat.js";

customElements.define("ungveiviser-chat", Chat);

// Tells the widget on a host page, if there is one, that the frame is alive.
if (window.parent !== window) window.parent.postMessage({ type: "ungveiviser:ready" }, "*");
