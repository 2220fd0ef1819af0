import { Button, Group, Paper, Text } from '@mantine/core';
import { Check, Save } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ApiError } from '../../api/client.ts';
import { AuthorField } from '../../components/author-field.tsx';
import { KeyboardHint } from '../../components/keyboard-hint.tsx';
import { AnchorLink } from '../../components/link.tsx';
import { ErrorAlert } from '../../components/query-state.tsx';
import { FallingRequests } from './falling-requests.tsx';
import classes from './scope.module.css';
import type { ScopeField, ScopeRequest } from './scope-draft.ts';

type Props = {
  project: string;
  /** Fields that are not as they were saved. */
  changed: readonly ScopeField[];
  /** Whether anything is written that is not saved, a row that is begun too. */
  unsaved: boolean;
  /** Whether someone else's version has to be looked at first. */
  behind: boolean;
  /** Whether this browser keeps what is not saved. */
  kept: boolean;
  /** Number of the version that was saved here. */
  saved: number | null;
  /** What saving makes fall. */
  openRequests: readonly ScopeRequest[];
  pending: boolean;
  error: ApiError | null;
};

/** What saving will change and what falls by it, before it is done. */
export function ScopeSave({ project, changed, unsaved, behind, kept, saved, openRequests, pending, error }: Props) {
  const { t } = useTranslation('scope');
  return (
    <Paper className={classes.save}>
      {unsaved && <FallingRequests project={project} requests={openRequests} />}
      {error !== null && <ErrorAlert error={error} />}
      <div className={classes.saveFields}>
        <AuthorField />
        <Button
          type="submit"
          loading={pending}
          disabled={!unsaved || behind}
          leftSection={<Save size={16} aria-hidden />}
        >
          {t('save')}
        </Button>
        <Text size="sm" c="dimmed" role="status" component="div" className={classes.status}>
          {unsaved ? (
            <>
              {changed.length > 0 &&
                t('unsaved', { fields: changed.map((field) => t(`field.${field}`)).join(t('comma')) })}{' '}
              {t(behind ? 'meanwhile.choose' : kept ? 'draft.kept' : 'draft.notKept')}{' '}
              {!behind && <KeyboardHint keys="mod+S" />}
            </>
          ) : (
            saved !== null && (
              <Group gap={4} component="span">
                <Check size={14} aria-hidden /> {t('saved', { number: saved })}
                {saved > 1 && (
                  <AnchorLink
                    to="/projects/$project/scope/versions"
                    params={{ project }}
                    search={{ from: saved - 1, to: saved }}
                    size="sm"
                  >
                    {t('versions.changes')}
                  </AnchorLink>
                )}
              </Group>
            )
          )}
        </Text>
      </div>
    </Paper>
  );
}
