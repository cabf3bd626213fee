// Players and keys of the pages of clips and labels. Listens on the document, so that it works with and without a circuit and for parts that come later.
(() => {
  const scope = video => video.closest("[data-player]") || document;

  const follow = video => {
    const offset = Number(video.dataset.from) || 0;
    const now = video.currentTime - offset;
    for (const word of scope(video).querySelectorAll("[data-words] [data-start]")) light(word, now);
    for (const word of document.querySelectorAll("[data-words] [data-start]")) light(word, now);
    for (const curves of document.querySelectorAll("[data-curves]")) {
      const share = now / (Number(curves.dataset.seconds) || 1);
      const mark = curves.querySelector("[data-playhead]");
      if (!mark) continue;
      mark.style.left = `${Math.min(100, Math.max(0, share * 100))}%`;
      mark.classList.toggle("on", share >= 0 && share <= 1);
    }
  };

  const light = (word, now) => word.classList.toggle("on", now >= Number(word.dataset.start) && now < Number(word.dataset.end));

  // timeupdate comes four times a second, too seldom for words: while a video plays, every frame.
  const playing = new Set();
  const turn = () => {
    for (const video of playing) {
      if (video.paused || video.ended || !video.isConnected) playing.delete(video);
      follow(video);
    }
    if (playing.size > 0) requestAnimationFrame(turn);
  };

  const on = (name, act) => document.addEventListener(name, event => {
    if (event.target instanceof HTMLVideoElement && event.target.matches("[data-video]")) act(event.target);
  }, true);

  on("play", video => {
    if (playing.size === 0) requestAnimationFrame(turn);
    playing.add(video);
  });
  on("seeked", follow);
  on("timeupdate", follow);
  on("loadedmetadata", video => {
    if (Number(video.dataset.from) > 0 && video.currentTime === 0) video.currentTime = Number(video.dataset.from);
  });

  const player = () => document.querySelector("video[data-video]");
  const seek = seconds => {
    const video = player();
    if (!video) return;
    video.currentTime = Math.max(0, seconds + (Number(video.dataset.from) || 0));
    video.play().catch(() => {});
  };

  document.addEventListener("click", event => {
    const word = event.target.closest?.("[data-words] [data-start]");
    if (word) seek(Number(word.dataset.start));
    const curves = event.target.closest?.("[data-curves]");
    if (curves && !event.target.closest("a, button")) {
      const box = curves.getBoundingClientRect();
      seek((event.clientX - box.left) / box.width * (Number(curves.dataset.seconds) || 0));
    }
  });

  // A key presses the link or button that carries it: data-key="k arrowright".
  document.addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (event.target.closest?.("input, select, textarea, [contenteditable]")) return;
    const key = event.key.toLowerCase();
    if (key === " " && player() && !event.target.closest?.("video, button, a, summary")) {
      event.preventDefault();
      if (player().paused) player().play().catch(() => {}); else player().pause();
      return;
    }
    // A video that has the focus winds with its arrows.
    if (key.startsWith("arrow") && event.target.closest?.("video")) return;
    const wanted = [...document.querySelectorAll("[data-key]")].find(one => one.dataset.key.split(" ").includes(key) && !one.disabled);
    if (!wanted) return;
    event.preventDefault();
    if (wanted.matches("input")) wanted.focus(); else wanted.click();
  });
})();
