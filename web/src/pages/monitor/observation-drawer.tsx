import { Drawer, Group, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { DateTime, Duration, Money, Tokens } from '../../components/figures.tsx';
import { AnchorLink } from '../../components/link.tsx';
import { QueryState } from '../../components/query-state.tsx';
import { CaseMade } from './case-made.tsx';
import { FeedbackBadge } from './feedback-badge.tsx';
import { MakeCase } from './make-case.tsx';
import { type Observation, valueText } from './observation.ts';
import classes from './observation-drawer.module.css';
import { ObservationScores } from './quality/observation-scores.tsx';
import { TraceLink } from './trace-link.tsx';
import { useObservation } from './use-observations.ts';
import type { Release } from './use-release-names.ts';

type Props = {
  project: string;
  id: number | undefined;
  releases: readonly Release[];
  nameOf: (release: number | null) => string;
  onClose: () => void;
};

/** One production call, and the way from it into an evaluation set. */
export function ObservationDrawer({ project, id, releases, nameOf, onClose }: Props) {
  const { t } = useTranslation('monitor');
  const query = useObservation(project, id);
  return (
    <Drawer
      opened={id !== undefined}
      onClose={onClose}
      size="min(640px, 100vw)"
      title={id === undefined ? null : t('details.title', { id })}
    >
      <QueryState query={query}>
        {() =>
          query.observation === null ? (
            <Text c="dimmed">{t('details.missing')}</Text>
          ) : (
            <Details
              key={query.observation.id}
              project={project}
              observation={query.observation}
              release={releases.find((one) => one.id === query.observation?.release)}
              nameOf={nameOf}
            />
          )
        }
      </QueryState>
    </Drawer>
  );
}

type DetailsProps = Pick<Props, 'project' | 'nameOf'> & { observation: Observation; release: Release | undefined };

function Details({ project, observation, release, nameOf }: DetailsProps) {
  const { t } = useTranslation('monitor');
  const { input, output, feedback, feedbackNote, caseKey } = observation;
  return (
    <Stack gap="md">
      <Group gap="4px 16px">
        <DateTime at={observation.createdAt} />
        {release === undefined ? (
          <span className="dim">{nameOf(observation.release)}</span>
        ) : (
          <AnchorLink to="/projects/$project/releases" params={{ project }} search={{ release: release.id }} inherit>
            {nameOf(release.id)}
          </AnchorLink>
        )}
        {feedback !== null && <FeedbackBadge feedback={feedback} />}
      </Group>
      {feedbackNote !== '' && (
        <section>
          <Title order={3}>{t('details.note')}</Title>
          <Text className={classes.words}>{feedbackNote}</Text>
        </section>
      )}
      <section>
        <Title order={3} mb={4}>
          {t('list.input')}
        </Title>
        <dl className={classes.input}>
          {Object.entries(input).map(([name, value]) => (
            <div key={name}>
              <dt className="mono">{name}</dt>
              <dd className={`verbatim ${classes.value}`}>{valueText(value)}</dd>
            </div>
          ))}
        </dl>
      </section>
      <section>
        <Title order={3} mb={4}>
          {t('list.output')}
        </Title>
        <div className={`verbatim ${classes.value}`}>
          {output === '' ? <span className="dim">{t('details.noOutput')}</span> : output}
        </div>
      </section>
      <Figures observation={observation} />
      <ObservationScores id={observation.id} />
      <TraceLink project={project} observation={observation} />
      {caseKey === null ? (
        <MakeCase project={project} observation={observation} />
      ) : (
        <CaseMade project={project} caseKey={caseKey} release={release} />
      )}
    </Stack>
  );
}

function Figures({ observation: { latencyMs, inputTokens, outputTokens, costUsd } }: { observation: Observation }) {
  const { t } = useTranslation('monitor');
  return (
    <Group gap="4px 20px">
      <span>
        <span className="dim">{t('chart.latency')}</span> <Duration ms={latencyMs} />
      </span>
      {inputTokens !== null || outputTokens !== null ? (
        <Tokens input={inputTokens ?? 0} output={outputTokens ?? 0} />
      ) : (
        <span className="dim">{t('details.noTokens')}</span>
      )}
      <span>
        <span className="dim">{t('chart.cost')}</span> <Money usd={costUsd} />
      </span>
    </Group>
  );
}
