import { type RefObject, useEffect, useRef } from 'react';

/**
 * For the heading of a panel that comes and goes on its page: it takes the focus where `always`, or where the button that opened the panel is gone. When
 * the panel goes, with the focus in it, the page's heading has it.
 */
export function usePanelFocus<Element extends HTMLElement = HTMLHeadingElement>(
  always: boolean,
): RefObject<Element | null> {
  const heading = useRef<Element>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when the panel comes
  useEffect(() => {
    if (always || isLost()) heading.current?.focus();
    return () => {
      if (isLost()) document.querySelector('h1')?.focus();
    };
  }, []);
  return heading;
}

const isLost = (): boolean => document.activeElement === document.body;
