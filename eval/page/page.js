(() => {
  const list = document.querySelector(".filters ~ .cases");
  const form = document.querySelector(".filters");
  if (!form) return;
  const cases = [...list.children].map((item, place) => ({
    item,
    place,
    details: item.querySelector("details"),
    codes: item.dataset.f.split(" "),
    ms: Number(item.dataset.ms),
    text: null,
  }));
  const output = form.querySelector("output");
  const opener = form.elements.open;
  const orders = {
    "": (a, b) => a.place - b.place,
    slow: (a, b) => b.ms - a.ms || a.place - b.place,
    id: (a, b) => a.item.id.localeCompare(b.item.id, "en", { numeric: true }),
  };
  let order = "";
  const said = (it) => (it.text ??= it.item.textContent.toLowerCase());
  const shown = () => cases.filter((it) => !it.item.hidden);
  const sort = () => {
    order = form.elements.order.value;
    list.append(...[...cases].sort(orders[order]).map((it) => it.item));
  };
  const show = () => {
    const words = form.elements.words.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const chosen = [...form.querySelectorAll("select")]
      .filter((it) => it.name !== "order" && it.value)
      .map((it) => it.value);
    let count = 0;
    for (const it of cases) {
      const fits = chosen.every((code) => it.codes.includes(code))
        && words.every((word) => said(it).includes(word));
      it.item.hidden = !fits;
      count += fits;
    }
    if (form.elements.order.value !== order) sort();
    output.textContent = `${count} of ${cases.length} cases`;
    name();
  };
  const name = () => {
    opener.textContent = shown().every((it) => it.details.open) ? "Close shown" : "Open shown";
  };
  const choose = (codes) => {
    form.reset();
    for (const code of codes) {
      const option = form.querySelector(`option[value="${CSS.escape(code)}"]`);
      if (option) option.parentElement.value = code;
    }
    show();
  };
  const follow = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    const found = cases.find((it) => it.item.id === id);
    if (!found) return;
    if (found.item.hidden) choose([]);
    found.details.open = true;
    found.item.scrollIntoView();
    found.item.querySelector("summary").focus({ preventScroll: true });
  };
  for (const cell of document.querySelectorAll("[data-set]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = cell.textContent;
    button.title = "Show these cases";
    button.addEventListener("click", () => {
      choose(cell.dataset.set.split(" "));
      document.getElementById("cases").focus();
    });
    cell.replaceChildren(button);
  }
  form.hidden = false;
  form.addEventListener("input", show);
  form.addEventListener("reset", () => setTimeout(show));
  form.addEventListener("submit", (event) => event.preventDefault());
  opener.addEventListener("click", () => {
    const open = opener.textContent === "Open shown";
    for (const it of shown()) it.details.open = open;
    name();
  });
  window.addEventListener("hashchange", follow);
  follow();
})();
