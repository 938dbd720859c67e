// Pages work without this: it only looks again every two seconds, and never while somebody is in what would change.
"use strict";
const parts = () => document.querySelectorAll("[data-live]");
async function lookAgain() {
  if (document.hidden) return;
  try {
    const answer = await fetch(location.href, { credentials: "same-origin" });
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelectorAll("[data-live]");
    parts().forEach((part, at) => {
      const next = fresh[at];
      const isInUse = part.contains(document.activeElement) && part !== document.activeElement;
      if (next && !isInUse && part.innerHTML !== next.innerHTML) part.replaceChildren(...next.childNodes);
    });
  } catch {
    // The sandbox is gone, or restarts: look again later.
  }
}
setInterval(lookAgain, 2000);
