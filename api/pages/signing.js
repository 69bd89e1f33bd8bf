// Who the customer is: a token that the host application signed, from the address (#token=…) or
// pasted. It is held by this page alone, and gone with it: nothing of it is stored.
const signing = { token: "", out: () => sign("") };
const signButton = document.getElementById("sign");
const dialog = document.getElementById("signing");
const tokenBox = document.getElementById("token");

function sign(token) {
  signing.token = token.trim();
  if (signButton) signButton.textContent = signing.token ? "Sign out" : "Sign in";
}

// The address is cleaned at once, so that the token is in no history and in no link.
function takeFromAddress() {
  const found = new URLSearchParams(location.hash.slice(1)).get("token");
  if (!found) return false;
  history.replaceState(null, "", location.pathname + location.search);
  sign(found);
  return true;
}

// Another customer, another conversation.
function beginAnew() {
  document.getElementById("restart").click();
}

if (signButton) {
  takeFromAddress();
  window.addEventListener("hashchange", () => {
    if (takeFromAddress()) beginAnew();
  });
  signButton.addEventListener("click", () => {
    if (signing.token) {
      sign("");
      beginAnew();
    } else {
      tokenBox.value = "";
      dialog.showModal();
    }
  });
  document.getElementById("signing-not").addEventListener("click", () => dialog.close());
  document.getElementById("signing-form").addEventListener("submit", (event) => {
    event.preventDefault();
    sign(tokenBox.value);
    tokenBox.value = "";
    dialog.close();
    beginAnew();
  });
}
