// Runs before the first paint, so that the page never flashes in the other theme. The rest is in platform/theme.ts.
(() => {
  let choice = null;
  try {
    choice = localStorage.getItem('patchsteward.theme');
  } catch {
    // Storage is forbidden here: the system's own theme holds.
  }
  const dark = choice === 'dark' || (choice !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.classList.toggle('pf-v6-theme-dark', dark);
})();
