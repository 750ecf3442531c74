// Reads every message that is shown. "Show more information" is the one control that every message has,
// in chats, channel posts and replies alike. Message ids are not in the page, they are read from React's
// own properties; without them an id falls back to the position.
() => {
  const properties = (element, names) => {
    const key = Object.keys(element).find((name) => name.startsWith("__reactFiber"));
    const found = {};
    for (let fiber = key && element[key], depth = 0; fiber && depth < 60; fiber = fiber.return, depth++) {
      const props = fiber.memoizedProps;
      if (!props || typeof props !== "object") continue;
      for (const name of names) {
        if (found[name] === undefined && typeof props[name] === "string") found[name] = props[name];
      }
    }
    return found;
  };
  const visible = (element) =>
    (element ? element.innerText : "")
      .replace(/\u00a0/g, " ")
      .replace(/[ \t]+\n/g, "\n")
      .replace(/\n{2,}/g, "\n")
      .trim();
  const firstText = (header) => [...header.querySelectorAll(".fui-Text")].find((text) => text.innerText.trim());
  const buttons = [...document.querySelectorAll('button[aria-label="Show more information"]')];
  return buttons.map((button, index) => {
    const header = button.parentElement.parentElement;
    const root = header.closest(".fui-CardHeader");
    const thread = button.closest(".fui-Card[role=group]");
    const body = (root || header).nextElementSibling;
    const labelled = header.querySelector('[aria-label="Message author"]');
    const author = labelled ? visible(labelled) : thread ? visible(firstText(header)) : null;
    const allCards = body ? [...body.querySelectorAll(".ac-adaptiveCard")] : [];
    const cards = allCards.filter((card) => !card.parentElement.closest(".ac-adaptiveCard"));
    const ids = properties(button, ["messageId", "postId"]);
    const content = (body && body.querySelector(".fai-OutputCard")) || body;
    return {
      id: ids.messageId || "#" + index,
      author,
      text: visible(content),
      cards: cards.map(visible),
      thread: thread ? ids.postId || null : null,
    };
  });
}
