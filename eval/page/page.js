(() => {
  const form = document.querySelector(".filters");
  const cases = [...document.querySelectorAll(".cases > li")];
  const output = form.querySelector("output");
  const show = () => {
    const words = form.words.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const state = form.state.value;
    let shown = 0;
    for (const item of cases) {
      const fits = words.every((word) => item.dataset.words.includes(word))
        && (!state || item.dataset.states.includes(` ${state} `));
      item.hidden = !fits;
      shown += fits;
    }
    output.textContent = `${shown} of ${cases.length}`;
  };
  form.hidden = false;
  form.addEventListener("input", show);
  form.addEventListener("submit", (event) => event.preventDefault());
})();
