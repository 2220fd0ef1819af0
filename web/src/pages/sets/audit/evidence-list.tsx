import { Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { AnchorLink } from '../../../components/link.tsx';
import { StandInBadge } from '../../../components/stand-in-badge.tsx';
import classes from './audit.module.css';
import type { Audit, Evidence } from './audit-report.ts';

type Props = { project: string; audit: Audit; evidence: readonly Evidence[] };

const signed = (value: number) => (value > 0 ? '+' : value < 0 ? '−' : '') + Math.abs(value).toFixed(1);

/** What speaks against a label and for it, each with its part of the doubt. */
export function EvidenceList({ project, audit, evidence }: Props) {
  const { t } = useTranslation('audit');
  const sides = [
    ['against', evidence.filter(({ said }) => said < 0)],
    ['for', evidence.filter(({ said }) => said > 0)],
  ] as const;
  return (
    <Stack gap="sm">
      {sides.map(([side, shown]) => (
        <div key={side}>
          <Title order={3} size="sm">
            {t(`side.${side}`)}
          </Title>
          {shown.length === 0 ? (
            <Text size="sm" c="dimmed">
              {t('nothingFor')}
            </Text>
          ) : (
            <ul className={classes.evidence}>
              {shown.map((one) => (
                <li key={one.source === 'run' ? `run ${one.run}` : one.source}>
                  <span className={classes.part}>{signed(one.doubt)}</span>
                  <span>
                    <Sentence project={project} audit={audit} one={one} />
                  </span>
                  {'cases' in one && one.cases.length > 0 && (
                    <div className={classes.others}>
                      {one.cases.map(({ key, label, text }) => (
                        <div key={key}>
                          <strong>{label}</strong>{' '}
                          <AnchorLink
                            to="/projects/$project/sets/$set"
                            params={{ project, set: audit.set }}
                            search={{ case: key }}
                            inherit
                          >
                            {text}
                          </AnchorLink>
                        </div>
                      ))}
                    </div>
                  )}
                </li>
              ))}
            </ul>
          )}
        </div>
      ))}
    </Stack>
  );
}

function Sentence({ project, audit, one }: { project: string; audit: Audit; one: Evidence }) {
  const { t } = useTranslation('audit');
  switch (one.source) {
    case 'classifier':
      return t('evidence.classifier', { label: one.label });
    case 'neighbours':
      return t('evidence.neighbours', { other: one.other, all: one.other + one.same });
    case 'near_duplicates':
      return t(one.said < 0 ? 'evidence.near_duplicates' : 'evidence.near_duplicatesSame');
    case 'run': {
      const run = audit.runs.find((other) => other.run === one.run);
      if (run === undefined) return null;
      const { prompt, version, model } = run;
      return (
        <>
          {one.label === null
            ? t('evidence.runOther', { prompt, version, model })
            : t('evidence.run', { prompt, version, model, label: one.label })}{' '}
          <AnchorLink
            to="/projects/$project/runs/$run"
            params={{ project, run: String(one.run) }}
            inherit
            underline="always"
          >
            {t('evidence.openRun', { run: one.run })}
          </AnchorLink>{' '}
          {run.standIn && <StandInBadge />}
        </>
      );
    }
  }
}
