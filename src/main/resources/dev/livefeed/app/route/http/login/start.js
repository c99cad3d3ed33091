// The page of a browser that has no session: exchanges the token for one, and shows what was asked for.

const TRIED = "livefeed-sign-in";
const form = document.getElementById("sign-in");
const token = document.getElementById("token");
const submit = document.getElementById("submit");
const reason = document.getElementById("reason");

// A browser that comes by a link of another site leaves the cookie of its session out of this first request only.
if (!sessionStorage.getItem(TRIED)) {
  sessionStorage.setItem(TRIED, "yes");
  fetch("/session").then((response) => response.ok && location.reload());
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  submit.disabled = true;
  try {
    const response = await fetch("/session", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ token: token.value.trim() }),
    });
    if (response.ok) {
      sessionStorage.removeItem(TRIED);
      location.reload();
      return;
    }
    reason.textContent = (await response.json()).error;
  } catch {
    reason.textContent = "The program is not reached.";
  }
  submit.disabled = false;
  token.select();
});
