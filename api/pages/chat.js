// The chat page: sends a message, shows the streamed answer, its sources, and who has taken over.
const form = document.getElementById("form");
const box = document.getElementById("message");
const send = document.getElementById("send");
const log = document.getElementById("log");
const status = document.getElementById("status");
const announcement = document.getElementById("announcement");
const KEPT = "wellkept-conversation";
const calmStatus = status.textContent;
let conversation = sessionStorage.getItem(KEPT);
const FOLLOW_EVERY_MS = 4000;
const shown = new Set();
let busy = false;
let following = null;

function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

function addTurn(side, who) {
  const turn = element("article", `turn ${side}`);
  turn.append(element("h2", "who", who));
  const bubble = element("div", "bubble");
  turn.append(bubble);
  log.append(turn);
  scrollDown();
  return { turn, bubble };
}

function scrollDown() {
  log.scrollTop = log.scrollHeight;
}

// The answer is plain text with "- " items, numbered steps and blank lines between paragraphs.
function renderText(bubble, text) {
  bubble.replaceChildren();
  let list = null;
  for (const line of text.split("\n")) {
    const item = /^(\s*)(?:(\d+)\.|-)\s+(.*)$/.exec(line);
    if (item) {
      const tag = item[2] ? "ol" : "ul";
      const nested = item[1].length > 0 && list && list.lastElementChild;
      if (nested) {
        let inner = list.lastElementChild.querySelector(":scope > ol, :scope > ul");
        if (!inner) list.lastElementChild.append((inner = element(tag)));
        inner.append(element("li", "", item[3]));
        continue;
      }
      if (!list || list.tagName.toLowerCase() !== tag) {
        list = element(tag);
        if (item[2]) list.start = Number(item[2]);
        bubble.append(list);
      }
      list.append(element("li", "", item[3]));
    } else if (line.trim()) {
      list = null;
      bubble.append(element("p", "", line));
    }
  }
}

// One numbered source for each section, over all of its quotes.
function addSources(turn, citations) {
  const sources = new Map();
  for (const { article, title, heading, start, end } of citations) {
    const key = `${article}\n${heading}`;
    const known = sources.get(key);
    if (known) {
      known.start = Math.min(known.start, start);
      known.end = Math.max(known.end, end);
    } else {
      sources.set(key, { article, title, heading, start, end });
    }
  }
  if (!sources.size) return;
  const part = element("div", "sources");
  part.append(element("h3", "", sources.size > 1 ? "Sources" : "Source"));
  const list = element("ol");
  let number = 0;
  for (const source of sources.values()) {
    number += 1;
    const path = source.article.split("/").map(encodeURIComponent).join("/");
    const link = element("a");
    link.href = `${form.dataset.articles}${path}?start=${source.start}&end=${source.end}#quote`;
    link.target = "_blank";
    link.rel = "noopener";
    const name = source.heading ? `${source.title}: ${source.heading.split(" > ").pop()}` : source.title;
    link.append(element("span", "number", `${number}`), element("span", "", name));
    link.append(element("span", "unseen", " (opens in a new tab)"));
    const item = element("li");
    item.append(link);
    list.append(item);
  }
  part.append(list);
  turn.append(part);
}

function addPerson(turn) {
  const part = element("p", "person");
  part.append(element("strong", "", "A person takes over. "), "They reply in this chat.");
  turn.append(part);
  withPerson(true);
}

// While a person has the conversation, what they write is looked for.
function withPerson(taken) {
  status.textContent = taken ? "A person has this conversation." : calmStatus;
  clearTimeout(following);
  following = taken ? setTimeout(follow, FOLLOW_EVERY_MS) : null;
}

async function follow() {
  const asked = conversation;
  try {
    const response = await fetch(`${form.dataset.endpoint}/${encodeURIComponent(asked)}/replies`);
    const found = response.ok ? await response.json() : null;
    if (asked !== conversation) return;
    if (found) {
      for (const { turn_id: name, text } of found.items) {
        if (shown.has(name)) continue;
        shown.add(name);
        renderText(addTurn("agent", "Support").bubble, text);
        scrollDown();
      }
      if (!found.with_person) {
        announcement.textContent = "The assistant answers again.";
        withPerson(false);
        return;
      }
    }
  } catch {
    // The server can't be reached: the next look may find it.
  }
  if (asked === conversation) withPerson(true);
}

function addTrouble(turn, detail, retry) {
  const part = element("div", "trouble");
  part.setAttribute("role", "alert");
  part.append(element("p", "", detail));
  const again = element("button", "", "Try again");
  again.type = "button";
  again.addEventListener("click", () => {
    turn.remove();
    retry();
  });
  part.append(again);
  turn.append(part);
  scrollDown();
}

// Yields {event, data} of a server-sent event stream.
async function* eventsOf(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    rest = (rest + value).replaceAll("\r\n", "\n");
    const blocks = rest.split("\n\n");
    rest = blocks.pop();
    for (const block of blocks) {
      let event = "message";
      const data = [];
      for (const line of block.split("\n")) {
        if (line.startsWith("event:")) event = line.slice(6).trim();
        if (line.startsWith("data:")) data.push(line.slice(5).trimStart());
      }
      if (data.length) yield { event, data: JSON.parse(data.join("\n")) };
    }
  }
}

async function exchange(message, bubble) {
  const request = { message, channel: "chat", locale: navigator.language };
  if (conversation) request.conversation_id = conversation;
  if (signing.token) request.identity_token = signing.token;
  const response = await fetch(form.dataset.endpoint, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "text/event-stream" },
    body: JSON.stringify(request),
  });
  if (!response.ok) {
    const problem = await response.json().catch(() => ({}));
    if (response.status === 404) forget();
    if (response.status === 401) signing.out();
    throw new Error(problem.detail || `The server answered ${response.status}.`);
  }
  let text = "";
  for await (const { event, data } of eventsOf(response.body)) {
    if (event === "text") {
      text += data.text;
      renderText(bubble, text);
      scrollDown();
    } else if (event === "replace") {
      text = data.text;
      renderText(bubble, text);
    } else if (event === "turn") {
      return data;
    } else if (event === "problem") {
      throw new Error(data.detail);
    }
  }
  throw new Error("The answer broke off.");
}

async function ask(message) {
  busy = send.disabled = true;
  const { turn, bubble } = addTurn("agent", "Assistant");
  turn.setAttribute("aria-busy", "true");
  const waiting = element("span", "waiting");
  waiting.append(element("i"), element("i"), element("i"), element("span", "unseen", "Looking it up"));
  bubble.append(waiting);
  try {
    const answer = await exchange(message, bubble);
    conversation = answer.conversation_id;
    sessionStorage.setItem(KEPT, conversation);
    if (answer.decision === "silent") {
      turn.remove();
      announcement.textContent = "Sent to the person who has this conversation.";
      withPerson(true);
      return;
    }
    renderText(bubble, answer.text);
    addSources(turn, answer.citations);
    rating.add(turn, conversation, answer.turn_id);
    if (answer.decision !== "handoff") withPerson(false);
    else if (!following) addPerson(turn);
    announcement.textContent = answer.decision === "handoff" ? "A person takes over." : "";
  } catch (error) {
    bubble.remove();
    const detail = error instanceof TypeError ? "The server can't be reached." : error.message;
    addTrouble(turn, `That didn't work. ${detail}`, () => ask(message));
  } finally {
    turn.removeAttribute("aria-busy");
    busy = send.disabled = false;
    scrollDown();
    box.focus();
  }
}

function forget() {
  conversation = null;
  withPerson(false);
  sessionStorage.removeItem(KEPT);
}

function fit() {
  box.style.height = "auto";
  box.style.height = `${box.scrollHeight + 2}px`;
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const message = box.value.trim();
  if (!message || busy) return;
  addTurn("customer", "You").bubble.textContent = message;
  box.value = "";
  fit();
  ask(message);
});

box.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    form.requestSubmit();
  }
});

box.addEventListener("input", fit);

document.getElementById("restart").addEventListener("click", () => {
  forget();
  for (const turn of [...log.querySelectorAll(".turn")].slice(1)) turn.remove();
  announcement.textContent = "New chat.";
  box.focus();
});
// A page that is loaded again shows an empty log, so it begins a new conversation.
forget();
box.focus();
