import { Button, Group } from '@mantine/core';
import { GitCompareArrows, History } from 'lucide-react';

type Words = { changes: string; changesOf: string; newest: string; restore: string; restoreOf: string };
type Props = { isFirst: boolean; isNewest: boolean; words: Words; onChanges: () => void; onRestore: () => void };

/** What can be done with a version in a list of them: see what it changed, and restore it. */
export function VersionActions({ isFirst, isNewest, words, onChanges, onRestore }: Props) {
  return (
    <Group gap={6} wrap="nowrap">
      {!isFirst && (
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<GitCompareArrows size={14} aria-hidden />}
          aria-label={words.changesOf}
          onClick={onChanges}
        >
          {words.changes}
        </Button>
      )}
      {isNewest ? (
        <span className="dim">{words.newest}</span>
      ) : (
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<History size={14} aria-hidden />}
          aria-label={words.restoreOf}
          onClick={onRestore}
        >
          {words.restore}
        </Button>
      )}
    </Group>
  );
}
