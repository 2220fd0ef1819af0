import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { urlOf } from '../../api/client.ts';
import { useApi } from '../../api/query.ts';
import { CommandBlock } from '../../components/command-block.tsx';
import { AnchorLink } from '../../components/link.tsx';
import { type Release, useReleaseNames } from './use-release-names.ts';

/** How a program fetches the released prompt and reports what it did with it, ready to be copied. */
export function ReportCalls({ project }: { project: string }) {
  const { t } = useTranslation('monitor');
  const { releases, labels } = useReleaseNames(project);
  const production = labels.find(({ label }) => label === 'production');
  const label = production ?? labels[0];
  const release = releases.find(({ id }) => id === label?.release) ?? releases[0];
  return (
    <Stack gap="sm" w="100%" maw={820}>
      {label !== undefined && (
        <div>
          <Text size="sm" mb={4}>
            {t('report.fetch', { label: label.label })}
          </Text>
          <CommandBlock
            label={t('report.fetch', { label: label.label })}
            command={`curl '${location.origin}${urlOf('GET /api/prompts/:project/:prompt/:label', {
              params: { project, prompt: label.prompt, label: label.label },
            })}'`}
          />
        </div>
      )}
      <ReportCommand project={project} release={release} />
      <Text size="sm" c="dimmed">
        {t('report.later')}
      </Text>
      {release === undefined && (
        <Text size="sm">
          {t('report.noRelease')}{' '}
          <AnchorLink to="/projects/$project/releases" params={{ project }} size="sm" underline="always">
            {t('report.toReleases')}
          </AnchorLink>
        </Text>
      )}
    </Stack>
  );
}

function ReportCommand({ project, release }: { project: string; release: Release | undefined }) {
  const { t } = useTranslation('monitor');
  const prompt = useApi(
    'GET /api/projects/:project/prompts/:prompt',
    { params: { project, prompt: release?.prompt ?? '' } },
    { enabled: release !== undefined },
  );
  const version = prompt.data?.versions.find(({ number }) => number === release?.version);
  const variables = version?.variables ?? ['input'];
  const call = {
    project,
    ...(release === undefined ? {} : { release: release.id }),
    input: Object.fromEntries(variables.map((name) => [name, '…'])),
    output: '…',
    latencyMs: 420,
    inputTokens: 180,
    outputTokens: 4,
    feedback: 'up',
  };
  const command = [
    `curl '${location.origin}/api/observations' \\`,
    `  -H 'Content-Type: application/json' \\`,
    `  -d '${JSON.stringify(call, null, 2)}'`,
  ].join('\n');
  return (
    <div>
      <Text size="sm" mb={4}>
        {t('report.report')}
      </Text>
      <CommandBlock label={t('report.report')} command={command} />
    </div>
  );
}
