const LAYERS = '[aria-modal="true"], [role="listbox"], [role="menu"]';

/** Whether a dialog or a menu lies above the page: the keys are theirs. Closed menus may stay in the document, unseen. */
export const isLayerOpen = (): boolean =>
  [...document.querySelectorAll(LAYERS)].some((layer) => layer.checkVisibility());
