// @ts-check
import { element, setText } from "./html.js";

/** The session of this browser, if the program wants a login. */

const PATH = "/session";

/** The program shows the page to sign in if the session has ended. A lost connection does not tell why it was lost. */
export async function leaveIfUnknown() {
  try {
    if ((await fetch(PATH)).status === 401) {
      location.reload();
    }
  } catch {
    // The program is not reached; the stream tries again.
  }
}

/** Who is signed in, and how to sign out; nothing without a login. */
export async function showSession() {
  const response = await fetch(PATH).catch(() => undefined);
  const { name, scope } = response?.ok ? await response.json() : {};
  if (name) {
    setText(element("session-name"), `Signed in as ${name} (${scope})`);
    element("session").hidden = false;
    element("sign-out").addEventListener("click", async () => {
      await fetch(PATH, { method: "DELETE" });
      location.reload();
    });
  }
}
