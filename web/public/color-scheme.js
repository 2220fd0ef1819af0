// Runs before the first paint, so that a dark page never flashes white. A file of its own because the server allows no inline scripts.
const chosen = localStorage.getItem('whetstone.color-scheme');
const dark = matchMedia('(prefers-color-scheme: dark)').matches;
document.documentElement.dataset.mantineColorScheme =
  chosen === 'light' || chosen === 'dark' ? chosen : dark ? 'dark' : 'light';
