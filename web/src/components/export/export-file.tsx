import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { Download, FolderInput } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { urlOf } from '../../api/client.ts';
import { useApi, useApiMutation } from '../../api/query.ts';
import { CopyButton } from '../copy-button.tsx';
import { ErrorAlert, QueryState } from '../query-state.tsx';
import type { ExportChoice } from './export-fields.tsx';
import classes from './export-file.module.css';

const key = 'GET /api/projects/:project/prompts/:prompt/export';
/** Of a long file the beginning is shown: a set may have 100,000 cases. */
const LONGEST_SHOWN = 40_000;

type Props = { project: string; prompt: string; query: ExportChoice & { version: number } };

/** A version as the file that it becomes, and the ways to get it. */
export function ExportFile({ project, prompt, query }: Props) {
  const { t } = useTranslation('exports');
  const params = { project, prompt };
  const file = useApi(key, { params, query });
  return (
    <QueryState query={file} height={320}>
      {(text) => (
        <Stack gap="sm">
          {/* biome-ignore lint/a11y: a box that scrolls must be reached by the keyboard, and is neither a landmark nor a fieldset */}
          <pre role="group" aria-label={t('preview')} tabIndex={0} className={classes.text}>
            {text.slice(0, LONGEST_SHOWN)}
          </pre>
          {text.length > LONGEST_SHOWN && (
            <Text size="xs" c="dimmed">
              {t('beginning')}
            </Text>
          )}
          <Group gap="xs">
            <Button
              component="a"
              href={urlOf(key, { params, query })}
              download
              leftSection={<Download size={16} aria-hidden />}
            >
              {t('download')}
            </Button>
            <CopyButton text={text} />
          </Group>
          <IntoFolder project={project} prompt={prompt} query={query} />
        </Stack>
      )}
    </QueryState>
  );
}

/** Only where the server was started with a folder: a page names no path. */
function IntoFolder({ project, prompt, query }: Props) {
  const { t } = useTranslation('exports');
  const params = { project, prompt };
  const { data } = useApi('GET /api/projects/:project/prompts/:prompt/file', { params });
  const write = useApiMutation('POST /api/projects/:project/prompts/:prompt/export');
  if (!data?.watched) {
    return (
      <Text size="xs" c="dimmed">
        {t('folder.none')}
      </Text>
    );
  }
  return (
    <Stack gap="xs" align="flex-start">
      <Button
        variant="default"
        leftSection={<FolderInput size={16} aria-hidden />}
        loading={write.isPending}
        onClick={() => write.mutate({ params, body: query })}
      >
        {t('folder.write')}
      </Button>
      <Text size="xs" c="dimmed">
        {t('folder.about')}
      </Text>
      {write.error !== null && <ErrorAlert error={write.error} />}
      {write.data !== undefined && (
        <Alert role="status" className={classes.written}>
          {t(`folder.${write.data.state}`, { ...write.data, count: write.data.added })}
        </Alert>
      )}
    </Stack>
  );
}
