import { Tabs } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { Target } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/query.ts';
import { startSteps } from '../../app/routes/start.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { ButtonLink } from '../../components/link.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { QueryState } from '../../components/query-state.tsx';
import { startPage, useStartSearch } from './first-basis.ts';
import { FirstCases } from './first-cases.tsx';
import { FirstForecast } from './first-forecast.tsx';
import { FirstPrompt } from './first-prompt.tsx';
import { FirstSize } from './first-size.tsx';

/** What comes of a scope: how many cases it takes, the first of them, a first prompt, and what all of it will take. */
export function FirstVersion() {
  const { t } = useTranslation('start');
  const { project } = useParams({ from: startPage });
  const [{ step = 'size' }, change] = useStartSearch();
  const query = useApi('GET /api/projects/:project', { params: { project } });
  const toScope = (
    <ButtonLink
      variant="default"
      to="/projects/$project/scope"
      params={{ project }}
      leftSection={<Target size={16} aria-hidden />}
    >
      {t('toScope')}
    </ButtonLink>
  );
  return (
    <>
      <PageHeader title={t('title')} subtitle={t('subtitle')} actions={toScope} />
      <QueryState query={query}>
        {({ scope }) =>
          scope === null ? (
            <EmptyState icon={Target} title={t('noScope')} action={toScope}>
              {t('noScopeText')}
            </EmptyState>
          ) : (
            <Tabs
              value={step}
              onChange={(next) => change({ step: startSteps.find((one) => one === next) })}
              keepMounted={false}
            >
              <Tabs.List mb="md">
                {startSteps.map((one) => (
                  <Tabs.Tab key={one} value={one}>
                    {t(`steps.${one}`)}
                  </Tabs.Tab>
                ))}
              </Tabs.List>
              <Tabs.Panel value="size">
                <FirstSize project={project} />
              </Tabs.Panel>
              <Tabs.Panel value="cases">
                <FirstCases project={project} />
              </Tabs.Panel>
              <Tabs.Panel value="prompt">
                <FirstPrompt project={project} />
              </Tabs.Panel>
              <Tabs.Panel value="forecast">
                <FirstForecast project={project} />
              </Tabs.Panel>
            </Tabs>
          )
        }
      </QueryState>
    </>
  );
}
