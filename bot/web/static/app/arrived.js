/** Tells whether a message whose answer was lost on the way had arrived all the same. */

/** The youth's messages of a conversation. */
export function youthOf(conversation) {
  return conversation.messages.filter((message) => message.from === "youth");
}

/**
 * Return the answer to `text` as a turn when the conversation holds it, otherwise null.
 * @param {{state: string, messages: any[]}} conversation as the server has it
 * @param {string} text what was sent
 * @param {number} heard how many of the youth's messages were answered before it
 */
export function arrived(conversation, text, heard) {
  const mine = youthOf(conversation)
    .slice(heard)
    .find((message) => same(message.text, text));
  if (!mine) return null;
  const after = conversation.messages.slice(conversation.messages.indexOf(mine) + 1);
  return {
    state: conversation.state,
    messages: after.filter((message) => message.from !== "youth"),
    safety: null,
  };
}

function same(one, other) {
  const plain = (text) => text.normalize("NFC").replace(/\s+/g, " ").trim();
  return plain(one) === plain(other);
}
