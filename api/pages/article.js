// Brings the quoted words into view and gives them the anchor that links name.
const quote = document.querySelector("mark");
if (quote) {
  quote.id = "quote";
  quote.tabIndex = -1;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  quote.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
  quote.focus({ preventScroll: true });
}
