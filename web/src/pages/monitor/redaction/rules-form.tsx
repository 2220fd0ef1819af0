import { Button, Checkbox, Group, Paper, Stack, Switch, Text, Textarea, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useApiMutation } from '../../../api/query.ts';
import { AuthorField, useAuthor } from '../../../components/author-field.tsx';
import { ErrorAlert } from '../../../components/query-state.tsx';
import { Counted, FoundSoFar } from './found-so-far.tsx';
import classes from './redaction.module.css';
import { FieldRows, PatternRows } from './rule-rows.tsx';
import { detectors, type RedactionView, type RulesDraft, rulesOf } from './rules-draft.ts';

type Props = {
  project: string;
  draft: RulesDraft;
  counts: RedactionView['counts'];
  /** Whether the draft says something else than the version it was made from. */
  changed: boolean;
  base: number;
  onChange: (draft: RulesDraft) => void;
  onSaved: (number: number) => void;
  /** Others may have saved meanwhile. */
  onRefused: () => void;
};

/** The rules of a project, each with what it has found so far. */
export function RulesForm({ project, draft, counts, changed, base, onChange, onSaved, onRefused }: Props) {
  const { t } = useTranslation('redaction');
  const [author] = useAuthor();
  const save = useApiMutation('PUT /api/projects/:project/redaction');
  const submit = () =>
    save.mutate(
      { params: { project }, body: { rules: rulesOf(draft), base, author: author.trim() } },
      { onSuccess: ({ number }) => onSaved(number), onError: onRefused },
    );
  return (
    <Paper
      component="form"
      aria-labelledby="rules"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Stack gap="md">
        <Title order={2} id="rules">
          {t('rules')}
        </Title>
        <Detectors draft={draft} counts={counts} onChange={onChange} />
        <Textarea
          label={<Counted label={t('words.label')} name="word" counts={counts} />}
          description={t('words.help')}
          autosize
          minRows={2}
          maxRows={10}
          value={draft.words}
          onChange={(event) => onChange({ ...draft, words: event.currentTarget.value })}
        />
        <PatternRows rows={draft.patterns} counts={counts} onChange={(patterns) => onChange({ ...draft, patterns })} />
        <FieldRows rows={draft.fields} counts={counts} onChange={(fields) => onChange({ ...draft, fields })} />
        <Switch
          label={t('numbered.label')}
          description={t('numbered.help')}
          checked={draft.numbered}
          onChange={(event) => onChange({ ...draft, numbered: event.currentTarget.checked })}
        />
        {save.error !== null && <ErrorAlert error={save.error} />}
        <Group align="end" gap="sm">
          <AuthorField needs="approver" w={220} />
          <Button type="submit" loading={save.isPending} disabled={!changed}>
            {t('common:save')}
          </Button>
          <Text size="sm" c="dimmed" role="status">
            {changed ? t('unsaved') : base === 0 ? t('standard') : t('inForce', { number: base })}
          </Text>
        </Group>
      </Stack>
    </Paper>
  );
}

function Detectors({ draft, counts, onChange }: Pick<Props, 'draft' | 'counts' | 'onChange'>) {
  const { t } = useTranslation('redaction');
  return (
    <fieldset className={classes.rows}>
      <legend>{t('kinds')}</legend>
      {detectors.map((name) => (
        <div key={name} className={classes.detector}>
          <Checkbox
            label={t(`detector.${name}.label`)}
            description={t(`detector.${name}.help`)}
            checked={name === 'api-key' || draft.detectors.includes(name)}
            disabled={name === 'api-key'}
            onChange={(event) =>
              onChange({
                ...draft,
                detectors: event.currentTarget.checked
                  ? [...draft.detectors, name]
                  : draft.detectors.filter((one) => one !== name),
              })
            }
          />
          <FoundSoFar name={name} counts={counts} />
        </div>
      ))}
    </fieldset>
  );
}
