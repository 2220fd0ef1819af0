import { Drawer, Group, Stack, Text, Title } from '@mantine/core';
import { Tag } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { urlOf } from '../../api/client.ts';
import { useApi } from '../../api/query.ts';
import { CommandBlock } from '../../components/command-block.tsx';
import { ExportDialog } from '../../components/export/export-dialog.tsx';
import { DateTime } from '../../components/figures.tsx';
import { AnchorLink, ButtonLink } from '../../components/link.tsx';
import { Digest } from './digest.tsx';
import { EvidenceView } from './evidence-view.tsx';
import { gateKey, type Release } from './release.ts';
import classes from './release-drawer.module.css';
import { Labels } from './releases-table.tsx';
import { VersionLink } from './version-link.tsx';

type Props = { project: string; release: Release | undefined; returnFocus: boolean; onClose: () => void };

/** A release with the evidence that it was approved on, and the ways to get it out. */
export function ReleaseDrawer({ project, release, returnFocus, onClose }: Props) {
  const { t } = useTranslation('releases');
  const [exporting, setExporting] = useState(false);
  return (
    <Drawer
      closeOnEscape={!exporting}
      opened={release !== undefined}
      returnFocus={returnFocus}
      onClose={onClose}
      size="min(960px, 100vw)"
      title={release && t('details.title', { number: release.number, prompt: release.prompt })}
    >
      {release && <Details project={project} release={release} onExport={setExporting} />}
    </Drawer>
  );
}

type DetailsProps = { project: string; release: Release; onExport: (opened: boolean) => void };

function Details({ project, release, onExport }: DetailsProps) {
  const { t } = useTranslation('releases');
  return (
    <Stack gap="lg">
      <Facts project={project} release={release} />
      <section>
        <Title order={2}>{t('details.evidence')}</Title>
        <Text size="sm" c="dimmed" mb="sm">
          {t('details.frozen')}
        </Text>
        <EvidenceView project={project} evidence={release.evidence} />
        <Text size="sm" c="dimmed" mt="sm" mb={6}>
          {t('details.check')}
        </Text>
        <CommandBlock label={t('details.check')} command={`whetstone release verify --project ${project}`} />
      </section>
      <Fetching project={project} release={release} />
      <Group>
        <ExportDialog project={project} prompt={release.prompt} version={release.version} onToggle={onExport} />
      </Group>
    </Stack>
  );
}

function Facts({ project, release }: { project: string; release: Release }) {
  const { t } = useTranslation('releases');
  const parameters = Object.entries(release.parameters).map(([name, value]) => `${name} ${JSON.stringify(value)}`);
  return (
    <section>
      <Text className={classes.note}>{release.note}</Text>
      {release.overrides.map((override) => (
        <Text key={gateKey(override)} className={classes.note}>
          {t('override.kept', {
            gate: t('criterionIs', {
              name: t(`criterion.${override.name}.name`, { tag: override.tag }),
              state: t(`state.${override.state}`),
            }),
            reason: override.reason,
          })}
        </Text>
      ))}
      <dl className={classes.facts}>
        <dt>{t('approve.version')}</dt>
        <dd>
          <VersionLink project={project} {...release} />
        </dd>
        <dt>{t('common:model.label')}</dt>
        <dd className="mono">{release.model}</dd>
        <dt>{t('details.parameters')}</dt>
        <dd className="mono">{parameters.length === 0 ? '–' : parameters.join(', ')}</dd>
        <RequestFact project={project} release={release.id} />
        <dt>{t('list.approved')}</dt>
        <dd>
          {release.approvedBy} · <DateTime at={release.createdAt} />
        </dd>
        <dt>{t('list.labels')}</dt>
        <dd>
          {release.labels.length === 0 ? <span className="dim">{t('details.noLabel')}</span> : <Labels {...release} />}
        </dd>
        <dt>{t('list.digest')}</dt>
        <dd>
          <Digest digest={release.evidenceDigest} full />
        </dd>
        <dt>{t('details.id')}</dt>
        <dd className="mono">{release.id}</dd>
      </dl>
      <ButtonLink
        from="/projects/$project/releases"
        to="."
        search={{ point: release.id }}
        variant="default"
        leftSection={<Tag size={16} aria-hidden />}
      >
        {t('details.point')}
      </ButtonLink>
    </section>
  );
}

/** The request that it was approved by, with what was said to it. */
function RequestFact({ project, release }: { project: string; release: number }) {
  const { t } = useTranslation('releases');
  const { data } = useApi('GET /api/projects/:project/release-requests', { params: { project } });
  const request = data?.requests.find(({ events }) => events.some((event) => event.release === release));
  if (request === undefined) return null;
  return (
    <>
      <dt>{t('details.request')}</dt>
      <dd>
        <AnchorLink
          from="/projects/$project/releases"
          to="."
          search={{ request: request.id }}
          resetScroll={false}
          inherit
          underline="always"
        >
          {t('details.requestBy', { id: request.id, name: request.requestedBy || '–' })}
        </AnchorLink>
      </dd>
    </>
  );
}

function Fetching({ project, release: { prompt, labels } }: { project: string; release: Release }) {
  const { t } = useTranslation('releases');
  const label = labels[0] ?? 'production';
  const url =
    location.origin + urlOf('GET /api/prompts/:project/:prompt/:label', { params: { project, prompt, label } });
  return (
    <section>
      <Title order={2}>{t('fetch.title')}</Title>
      <Text size="sm" c="dimmed" mb={6}>
        {labels.length === 0 ? t('fetch.notYet', { label }) : t('fetch.text', { label })}
      </Text>
      <CommandBlock label={t('fetch.title')} command={`curl -i '${url}'`} />
      <Text size="sm" c="dimmed" mt={6}>
        {t('fetch.etag')}{' '}
        <AnchorLink to="/projects/$project/monitor" params={{ project }} size="sm" underline="always">
          {t('fetch.toMonitor')}
        </AnchorLink>
      </Text>
    </section>
  );
}
