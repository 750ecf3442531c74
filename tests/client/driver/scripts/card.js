// Describes the inputs of one card and gives back the card's JSON.
(card) => {
  let json = null;
  const key = Object.keys(card).find((name) => name.startsWith("__reactFiber"));
  for (let fiber = key && card[key], depth = 0; fiber && depth < 60 && !json; fiber = fiber.return, depth++) {
    const props = fiber.memoizedProps;
    if (!props || typeof props !== "object") continue;
    for (const content of [props.payload, props.attachment && props.attachment.content]) {
      if (content && content.type === "AdaptiveCard") {
        json = JSON.parse(JSON.stringify(content));
        break;
      }
    }
  }
  const clean = (text) => (text || "").replace(/\u00a0/g, " ").replace(/\s*\*\s*$/, "").trim();
  const inputs = [...card.querySelectorAll(".ac-input-container")].map((box, index) => {
    const find = (selector) => box.querySelector(selector);
    const choice = (input) => (box.querySelector(`label[for="${input.id}"]`) || {}).innerText;
    const label = box.parentElement.querySelector(":scope > label");
    const radios = [...box.querySelectorAll("input[type=radio]")];
    const checks = [...box.querySelectorAll("input[type=checkbox]")];
    const field = find("input:not([type=checkbox]):not([type=radio]), textarea");
    let kind = "text";
    let value = null;
    let options = null;
    if (find("[role=radiogroup]")) {
      kind = "radio";
      options = radios.map(choice);
      const chosen = radios.find((radio) => radio.checked);
      value = chosen ? choice(chosen) : null;
    } else if (checks.length && label) {
      kind = "checks";
      options = checks.map(choice);
      value = checks.filter((check) => check.checked).map(choice);
    } else if (checks.length) {
      kind = "toggle";
      value = checks[0].checked;
    } else if (find(".fui-DatePicker")) kind = "date";
    else if (find(".fui-TimePicker")) kind = "time";
    else if (find(".fui-SpinButton")) kind = "number";
    else if (find(".fui-Combobox, [role=combobox], .fui-Dropdown")) kind = "combo";
    if (value === null && field) value = field.value;
    const title = kind === "toggle" ? (find("label") || {}).innerText : null;
    return {
      index,
      kind,
      label: clean(label ? label.innerText : title),
      title: clean(title),
      placeholder: field ? field.placeholder : "",
      value,
      options,
      shown: box.getClientRects().length > 0,
    };
  });
  return { json, inputs };
}
