/** A bar on stderr, as cli-progress takes it, with what is left beside it. */
export const progressBar = {
  format: '{bar} {percentage} %  {state}',
  barsize: 24,
  stream: process.stderr,
  hideCursor: null,
  // Cut at the width of the terminal.
  linewrap: true,
  // Ctrl-C stops what it shows; the bar stays until that rests.
  gracefulExit: false,
};

/** How often a line says it where there is no terminal. */
export const linesEveryMs = 5000;
