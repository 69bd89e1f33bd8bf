// What the customer thinks of an answer: two buttons below it, and words where it did not help.
const rating = {
  THUMBS: [["up", "Helpful"], ["down", "Not helpful"]],

  // The last press counts; the server keeps one rating of a turn.
  add(turn, conversation, name) {
    const part = document.createElement("div");
    part.className = "rating";
    part.setAttribute("role", "group");
    part.setAttribute("aria-label", "Was this helpful?");
    const said = document.createElement("span");
    said.className = "rating-said";
    said.setAttribute("role", "status");
    const buttons = rating.THUMBS.map(([value, label]) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = `thumb ${value}`;
      button.textContent = label;
      button.setAttribute("aria-pressed", "false");
      button.addEventListener("click", () => press(button, value));
      return button;
    });
    part.append(...buttons, said);
    turn.append(part);

    async function press(button, value) {
      if (!(await send(value, ""))) return;
      for (const other of buttons) other.setAttribute("aria-pressed", String(other === button));
      part.querySelector("form")?.remove();
      if (value === "down") part.append(words());
      part.scrollIntoView({ block: "nearest" });
    }

    async function send(value, comment) {
      const place = `${encodeURIComponent(conversation)}/turns/${encodeURIComponent(name)}/rating`;
      try {
        const response = await fetch(`${form.dataset.conversations}${place}`, {
          method: "POST",
          headers: { "Content-Type": "application/json" },
          body: JSON.stringify({ rating: value, comment }),
        });
        said.textContent = response.ok ? "Thank you." : "That could not be kept.";
        return response.ok;
      } catch {
        said.textContent = "The server can't be reached.";
        return false;
      }
    }

    function words() {
      const asked = document.createElement("form");
      asked.className = "rating-words";
      const label = document.createElement("label");
      label.textContent = "What was missing or wrong? (optional)";
      const box = document.createElement("input");
      box.maxLength = 1000;
      box.autocomplete = "off";
      box.id = label.htmlFor = `words-${name}`;
      const button = document.createElement("button");
      button.className = "quiet";
      button.textContent = "Tell us";
      asked.append(label, box, button);
      asked.addEventListener("submit", async (event) => {
        event.preventDefault();
        if (await send("down", box.value.trim())) {
          asked.remove();
          buttons[1].focus();
        }
      });
      return asked;
    }
  },
};
