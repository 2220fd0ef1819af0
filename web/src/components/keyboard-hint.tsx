import { Kbd } from '@mantine/core';
import { Fragment } from 'react';

const isApple = /Mac|iP(hone|ad)/.test(navigator.userAgent);

/** Keys as printed on the keyboard: `g p` is one after the other, `mod+K` both at once. */
export function KeyboardHint({ keys }: { keys: string }) {
  return (
    <span className="nowrap">
      {keys.split(' ').map((key, index) => (
        <Fragment key={key}>
          {index > 0 && ' '}
          <Kbd size="xs">{key.replace('mod+', isApple ? '⌘ ' : 'Ctrl ')}</Kbd>
        </Fragment>
      ))}
    </span>
  );
}
