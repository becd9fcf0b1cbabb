(() => {
  const token = new URLSearchParams(location.search).get("token");
  const headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/json" };
  const here = () => document.activeElement && document.activeElement.closest(".card");

  // What the reader was at, so that a new page begins there.
  const reload = () => {
    const card = here();
    const at = { top: scrollY, card: card && card.dataset.key, list: document.getElementById("conflicts").scrollTop };
    sessionStorage.setItem("crossfoot", JSON.stringify(at));
    location.reload();
  };
  const kept = JSON.parse(sessionStorage.getItem("crossfoot") || "null");
  sessionStorage.removeItem("crossfoot");
  if (kept) {
    scrollTo(0, kept.top);
    document.getElementById("conflicts").scrollTop = kept.list;
    const card = [...document.querySelectorAll(".card")].find((one) => one.dataset.key === kept.card);
    if (card) card.focus({ preventScroll: true });
  }

  for (const form of document.querySelectorAll(".decision")) {
    const reason = form.elements.reason;
    reason.addEventListener("input", () => reason.setCustomValidity(""));
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const verdict = event.submitter ? event.submitter.value : "to-fix";
      if (verdict === "stands" && !reason.value.trim()) {
        reason.setCustomValidity("Say why it stands.");
        reason.reportValidity();
        return;
      }
      const { rule, key, path } = form.closest(".card").dataset;
      const body = { rule, key, path, verdict: verdict === "open" ? null : verdict, reason: reason.value };
      const status = form.querySelector("[role=status]");
      try {
        const answer = await fetch("/decide", { method: "POST", headers, body: JSON.stringify(body) });
        if (answer.ok) return reload();
        status.textContent = (await answer.json()).error;
      } catch {
        status.textContent = "crossfoot is not running any more";
      }
    });
  }

  // The page follows the drafts, but never under the hands of who is writing a reason.
  setInterval(async () => {
    const writing = document.activeElement && document.activeElement.name === "reason" && document.activeElement.value;
    if (writing || document.hidden) return;
    try {
      const answer = await fetch("/state", { headers });
      if (answer.ok && (await answer.text()) !== document.body.dataset.state) reload();
    } catch { /* It is tried again. */ }
  }, 400);
})();
