// Looks again, from time to time, at what is live on this page: asks for the page itself and puts in what has changed.
// Without it the page is the same, but stands still. Nothing is asked while nobody looks.
(() => {
  'use strict';
  let timer = 0;

  const every = () => Number(document.body.dataset.every) * 1000;

  const plan = () => {
    clearTimeout(timer);
    if (every() > 0 && !document.hidden) {
      timer = setTimeout(look, every());
    }
  };

  const busy = (old) => {
    const at = document.activeElement;
    return at && at !== old && old.contains(at);
  };

  const put = (page) => {
    document.querySelectorAll('[data-live]').forEach((old) => {
      const now = page.getElementById(old.id);
      if (now && now.innerHTML !== old.innerHTML && !busy(old)) {
        const left = old.scrollLeft;
        old.replaceWith(document.adoptNode(now));
        now.scrollLeft = left;
      }
    });
    document.body.dataset.every = page.body.dataset.every || '0';
  };

  const look = async () => {
    try {
      const answer = await fetch(location.href, { headers: { Accept: 'text/html' } });
      if (answer.redirected) {
        location.reload();
        return;
      }
      if (answer.ok) {
        put(new DOMParser().parseFromString(await answer.text(), 'text/html'));
      }
    } catch {
      // the server is away for a moment; what is shown stays
    }
    plan();
  };

  document.addEventListener('visibilitychange', () => (document.hidden ? clearTimeout(timer) : look()));
  // where there is no room for all days, today is the one to see
  document.querySelectorAll('table.grid').forEach((grid) => (grid.parentElement.scrollLeft = grid.scrollWidth));
  plan();
})();
