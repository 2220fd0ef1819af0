import { Group, Text, Title } from '@mantine/core';
import { useMatch, useParams } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef } from 'react';
import classes from './page-header.module.css';

let shownPath: string | null = null;

/**
 * Title of a page, one on each: it names the browser tab, and takes the focus when a person arrives by a link, so that a screen reader says where they are.
 * `subtitle` is a line below, `actions` stand at the right.
 */
export function PageHeader({ title, subtitle, actions }: { title: string; subtitle?: ReactNode; actions?: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  // The page's own address: the location already names the next page while this one is still there.
  const path = useMatch({ strict: false, select: (match) => match.pathname });
  const { project } = useParams({ strict: false });

  useEffect(() => {
    document.title = [title, project, 'Whetstone'].filter((part) => part !== undefined).join(' · ');
  }, [title, project]);
  useEffect(() => {
    if (shownPath !== null && shownPath !== path) heading.current?.focus({ preventScroll: true });
    shownPath = path;
  }, [path]);

  return (
    <Group justify="space-between" align="flex-start" gap="sm" mb="md" component="header">
      <div className={classes.words}>
        <Title order={1} ref={heading} tabIndex={-1}>
          {title}
        </Title>
        {subtitle !== undefined && (
          <Text component="div" c="dimmed" mt={2} maw={820}>
            {subtitle}
          </Text>
        )}
      </div>
      {actions !== undefined && <Group gap="xs">{actions}</Group>}
    </Group>
  );
}
