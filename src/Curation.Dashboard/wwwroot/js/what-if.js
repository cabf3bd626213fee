// Handles of limits. A hand moves them faster than clips are counted: the line follows at once, and the server hears of the last place every so often.
(() => {
  const every = 80;
  const sent = new WeakMap();
  const later = new WeakMap();

  const draw = handle => {
    const plot = handle.closest(".wi-plot");
    const line = plot?.querySelector(`[data-line="${handle.dataset.handle}"]`);
    if (line) line.style.left = `${100 * handle.value / handle.max}%`;
  };

  // On the window, so that it comes before whoever listens on the document.
  window.addEventListener("input", event => {
    const handle = event.target;
    if (!(handle instanceof HTMLInputElement) || !handle.dataset.handle) return;
    draw(handle);
    clearTimeout(later.get(handle));
    const wait = (sent.get(handle) ?? 0) + every - performance.now();
    if (wait <= 0 || !event.isTrusted) {
      sent.set(handle, performance.now());
      return;
    }
    event.stopImmediatePropagation();
    later.set(handle, setTimeout(() => handle.isConnected && handle.dispatchEvent(new Event("input", { bubbles: true })), wait));
  }, true);

  // The draft stands in the address, so that it can be sent to somebody; going there would take the focus away.
  window.curateWhatIf = {
    address: path => history.replaceState(history.state, "", new URL(path, document.baseURI)),
  };
})();
