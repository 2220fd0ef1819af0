import { findBrowser } from './find-browser.ts';

/** Before the workers start: two of them would install a browser at the same time. */
export function setup(): void {
  try {
    findBrowser();
  } catch {
    // Each test that needs it says what is missing.
  }
}
