import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { Lightbulb, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../../api/query.ts';
import { ButtonLink } from '../../../components/link.tsx';
import { PageHeader } from '../../../components/page-header.tsx';
import { QueryState } from '../../../components/query-state.tsx';
import { UnsavedGuard } from '../../../components/unsaved-guard.tsx';
import { REFRESH_MS } from '../use-observations.ts';
import classes from './redaction.module.css';
import { RedactionHistory } from './redaction-history.tsx';
import { draftOf, type RedactionView, rulesOf, sameRules } from './rules-draft.ts';
import { RulesForm } from './rules-form.tsx';
import { StoredCalls } from './stored-calls.tsx';
import { TryOut } from './try-out.tsx';

const ROUTE = '/projects/$project/monitor/redaction';

/** What is taken out of production calls before they are stored, tried out beside it, and what it has taken out. */
export function Redaction() {
  const { t } = useTranslation('redaction');
  const { project } = useParams({ from: ROUTE });
  const params = { project };
  const query = useApi('GET /api/projects/:project/redaction', { params }, { refetchInterval: REFRESH_MS });
  return (
    <>
      <PageHeader
        title={t('title')}
        subtitle={t('subtitle')}
        actions={
          <ButtonLink to="/projects/$project/monitor" params={params} variant="default">
            {t('toMonitor')}
          </ButtonLink>
        }
      />
      <QueryState query={query} height={480}>
        {(view) => <Loaded key={project} project={project} view={view} onRefused={() => query.refetch()} />}
      </QueryState>
    </>
  );
}

function Loaded({ project, view, onRefused }: { project: string; view: RedactionView; onRefused: () => void }) {
  const { t } = useTranslation('redaction');
  const [draft, setDraft] = useState(() => draftOf(view.rules));
  /** The version that the draft was made from. */
  const [base, setBase] = useState({ number: view.number, rules: view.rules });
  const rules = rulesOf(draft);
  const changed = !sameRules(rules, base.rules);
  const suggested = view.suggested.filter((name) => !draft.detectors.includes(name));
  const takeNewest = () => {
    setDraft(draftOf(view.rules));
    setBase({ number: view.number, rules: view.rules });
  };
  return (
    <Stack gap="md">
      <UnsavedGuard when={changed} />
      {view.number > base.number && (
        <Alert color="yellow" variant="light" icon={<TriangleAlert size={18} aria-hidden />} title={t('newer.title')}>
          <Group gap="sm">
            <Text size="sm">
              {t('newer.text', { number: view.number, author: view.versions[0]?.author || t('nobody') })}
            </Text>
            <Button size="compact-sm" variant="default" onClick={takeNewest}>
              {t('newer.take')}
            </Button>
          </Group>
        </Alert>
      )}
      {suggested.length > 0 && (
        <Alert variant="light" icon={<Lightbulb size={18} aria-hidden />} title={t('suggested.title')}>
          <Group gap="sm">
            <Text size="sm">
              {t('suggested.text', { kinds: suggested.map((name) => t(`detector.${name}.label`)).join(t('and')) })}
            </Text>
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => setDraft({ ...draft, detectors: [...draft.detectors, ...suggested] })}
            >
              {t('suggested.take')}
            </Button>
          </Group>
        </Alert>
      )}
      <div className={classes.columns}>
        <RulesForm
          project={project}
          draft={draft}
          counts={view.counts}
          changed={changed}
          base={base.number}
          onChange={setDraft}
          onRefused={onRefused}
          onSaved={(number) => setBase({ number, rules })}
        />
        <TryOut project={project} rules={rules} changed={changed} />
      </div>
      <StoredCalls project={project} applied={view.stored} fileBytes={view.fileBytes} unsaved={changed} />
      <RedactionHistory versions={view.versions} />
    </Stack>
  );
}
