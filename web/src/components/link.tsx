import { Anchor, type AnchorProps, Button, type ButtonProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { ComponentProps, ReactNode, Ref } from 'react';

type Linked<Props> = Omit<Props, 'href'> &
  Pick<ComponentProps<'a'>, 'title' | 'onClick'> & { ref?: Ref<HTMLAnchorElement>; children?: ReactNode };

/** A link within the workbench that looks like text. */
export const AnchorLink = createLink((props: Linked<AnchorProps>) => <Anchor {...props} />);
/** A link within the workbench that looks like a button. */
export const ButtonLink = createLink((props: Linked<ButtonProps>) => <Button component="a" {...props} />);
