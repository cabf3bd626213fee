'use strict';
// Everything on the page stands without this. It reads single bars out of the histograms and marks the section in view.
(() => {
  const number = value => {
    const size = Math.abs(value);
    const digits = size === 0 || size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 4;
    return String(Number(value.toFixed(digits))).replace('-', '\u2212');
  };
  const clips = count => count.toLocaleString('en') + (count === 1 ? ' clip' : ' clips');

  for (const plot of document.querySelectorAll('[data-chart]')) {
    const chart = JSON.parse(plot.dataset.chart);
    const cursor = plot.querySelector('.cursor');
    const readout = plot.querySelector('.readout');
    const svg = plot.querySelector('svg');
    const bins = chart.passed.length;
    let at = -1;

    const show = bin => {
      at = bin;
      cursor.setAttribute('x', 320 * bin / bins);
      cursor.setAttribute('width', bin < 0 ? 0 : 320 / bins);
      readout.textContent = '';
      readout.classList.toggle('left', bin > bins / 2);
      if (bin < 0) return;

      const low = chart.low + bin * chart.step;
      const place = chart.whole && chart.step === 1 ? number(low + 0.5) : number(low) + ' to ' + number(low + chart.step);
      const parts = [];
      if (chart.passed[bin]) parts.push(clips(chart.passed[bin]) + ' within');
      if (chart.failed[bin]) parts.push(clips(chart.failed[bin]) + ' beyond');
      if (chart.other[bin]) parts.push(clips(chart.other[bin]));
      const label = document.createElement('span');
      label.textContent = place + (chart.unit ? ' ' + chart.unit : '') + ': ' + (parts.join(', ') || 'no clips');
      readout.append(label);
    };

    plot.tabIndex = 0;
    plot.setAttribute('role', 'group');
    plot.setAttribute('aria-label', svg.getAttribute('aria-label') + ', arrow keys read the bars');
    plot.addEventListener('pointermove', event => {
      const box = svg.getBoundingClientRect();
      show(Math.min(bins - 1, Math.max(0, Math.floor((event.clientX - box.left) / box.width * bins))));
    });
    plot.addEventListener('pointerleave', () => show(-1));
    plot.addEventListener('blur', () => show(-1));
    plot.addEventListener('keydown', event => {
      const to = { ArrowRight: at + 1, ArrowLeft: at < 0 ? bins - 1 : at - 1, Home: 0, End: bins - 1 }[event.key];
      if (event.key === 'Escape') show(-1);
      if (to === undefined) return;

      event.preventDefault();
      show(Math.min(bins - 1, Math.max(0, to)));
    });
  }

  // Until a clip is asked for, its still is not covered by controls.
  for (const video of document.querySelectorAll('.frame video')) {
    const play = document.createElement('button');
    play.className = 'play';
    play.type = 'button';
    play.setAttribute('aria-label', 'Play: ' + video.getAttribute('aria-label'));
    play.addEventListener('click', () => {
      video.controls = true;
      video.focus();
      play.remove();
      video.play().catch(() => video.closest('.card').classList.add('unplayable'));
    });
    video.addEventListener('error', () => video.closest('.card').classList.add('unplayable'));
    video.controls = false;
    video.after(play);
  }

  // A short caption needs no toggle.
  for (const caption of document.querySelectorAll('.caption')) {
    const text = caption.querySelector('.text');
    if (text.scrollHeight <= text.clientHeight + 2) caption.replaceWith(Object.assign(document.createElement('p'), { textContent: text.textContent }));
  }

  // On a narrow screen the cards are a strip, which the keyboard can move only where it can stop.
  const strips = () => {
    for (const strip of document.querySelectorAll('.cards')) {
      if (strip.scrollWidth > strip.clientWidth + 1) strip.tabIndex = 0;
      else strip.removeAttribute('tabindex');
    }
  };
  addEventListener('resize', strips);
  strips();

  const links = new Map([...document.querySelectorAll('nav a')].map(link => [link.hash.slice(1), link]));
  const seen = new IntersectionObserver(entries => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      for (const link of links.values()) link.removeAttribute('aria-current');
      links.get(entry.target.id)?.setAttribute('aria-current', 'true');
    }
  }, { rootMargin: '-20% 0px -70% 0px' });
  for (const section of document.querySelectorAll('main > section[id]')) seen.observe(section);
})();
