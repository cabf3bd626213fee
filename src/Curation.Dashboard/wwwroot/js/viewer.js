// Runs before the first paint: the browser's time zone and choices go into cookies, so that the server renders with them.
(() => {
  const year = 31536000;
  const set = (name, value) => { document.cookie = `${name}=${encodeURIComponent(value)}; Path=/; Max-Age=${year}; SameSite=Strict`; };
  const zone = () => Intl.DateTimeFormat().resolvedOptions().timeZone || "";

  if (zone()) set("curate-time-zone", zone());

  window.curate = {
    timeZone: zone,
    dataset: key => set("curate-dataset", key),
  };

  // Works before and without a circuit.
  document.addEventListener("click", event => {
    const theme = event.target.closest?.("[data-theme-choice]")?.dataset.themeChoice;
    if (theme) {
      document.documentElement.dataset.theme = theme;
      set("curate-theme", theme);
      mark();
    }

    // Blazor takes a link to a part of the page for its own and scrolls there, but leaves the focus behind.
    if (event.target.closest?.(".skip")) {
      event.preventDefault();
      document.getElementById("content")?.focus();
    }

    if (event.target.closest?.("[data-reload]")) location.reload();
    // A choice in the menu of a narrow screen closes it.
    if (event.target.closest?.(".menu a")) document.querySelector(".menu[open]")?.removeAttribute("open");
  });

  const mark = () => {
    for (const button of document.querySelectorAll("[data-theme-choice]")) {
      button.setAttribute("aria-pressed", String(button.dataset.themeChoice === (document.documentElement.dataset.theme || "system")));
    }
  };

  document.addEventListener("keydown", event => {
    if (event.key === "Escape") document.querySelector(".menu[open]")?.removeAttribute("open");
  });
})();
