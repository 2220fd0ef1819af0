import { Group, Paper, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { AnchorLink } from '../../components/link.tsx';
import { OutcomeBadge } from '../../components/outcome-badge.tsx';
import { ReviewForm } from '../runs/review-form.tsx';
import { Expected, Output, type Result } from '../runs/verdict-text.tsx';

/** One failure with what was asked, expected and answered, and a person's reading of it. */
export function FailureCard({ project, run, result }: { project: string; run: number; result: Result }) {
  const { t } = useTranslation('improve');
  return (
    <Paper component="li" aria-label={result.caseKey}>
      <Stack gap="xs">
        <Group gap="xs">
          <OutcomeBadge outcome={result.outcome} />
          <AnchorLink
            to="/projects/$project/runs/$run"
            params={{ project, run: String(run) }}
            search={{ result: result.id }}
            className="mono"
            inherit
          >
            {result.caseKey}
          </AnchorLink>
        </Group>
        {Object.entries(result.variables).map(([name, value]) => (
          <Text key={name} className="verbatim">
            <span className="dim">{name}</span> {typeof value === 'string' ? value : JSON.stringify(value)}
          </Text>
        ))}
        <div>
          <span className="dim">{t('expected')}</span> <Expected result={result} />
        </div>
        <div>
          <span className="dim">{t('output')}</span> <Output result={result} />
        </div>
        <ReviewForm project={project} result={result} />
      </Stack>
    </Paper>
  );
}
