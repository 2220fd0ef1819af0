import { Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { AuthorField } from '../../components/author-field.tsx';
import { QueryState } from '../../components/query-state.tsx';
import { useChosenSet, useProposal } from './first-basis.ts';
import { FirstDrafting } from './first-drafting.tsx';
import { BasisFields, SetChoice } from './first-set-choice.tsx';
import { TypedCases } from './first-typed.tsx';

export type CaseBasis = { project: string; set: string; fields: readonly string[]; labels: readonly string[] };

/** The first labelled cases: typed in, or drafted by a model and confirmed one by one. */
export function FirstCases({ project }: { project: string }) {
  const { t } = useTranslation('start');
  const { name } = useChosenSet(project);
  const query = useProposal(project);
  return (
    <QueryState query={query}>
      {(proposal) => {
        const { fields, labels } = proposal;
        const basis = { project, set: name ?? t('setName'), fields, labels };
        return (
          <Stack gap="md">
            <SetChoice project={project}>
              <BasisFields proposal={proposal} />
              <AuthorField w={200} />
            </SetChoice>
            <TypedCases key={`${project}\n${fields.join('\n')}`} {...basis} />
            <FirstDrafting {...basis} />
          </Stack>
        );
      }}
    </QueryState>
  );
}
