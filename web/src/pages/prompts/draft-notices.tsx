import { Alert, Button, Group, Skeleton, Text } from '@mantine/core';
import { useDisclosure, useMediaQuery } from '@mantine/hooks';
import { FilePen, History, Users } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmButton } from '../../components/confirm-button.tsx';
import { DateTime } from '../../components/figures.tsx';
import { ButtonLink } from '../../components/link.tsx';
import { contentText } from './content-text.ts';
import classes from './draft-notices.module.css';
import type { PromptContent, PromptVersion } from './prompt-version.ts';
import { draftsOf, dropDraft } from './stored-draft.ts';
import { useContentWords } from './use-content-words.ts';

const DiffView = lazy(async () => ({ default: (await import('./diff-view.tsx')).DiffView }));

type OffersProps = {
  project: string;
  prompt: string;
  /** The version of the draft that is open already. */
  except?: number | null;
};

/** Drafts of a prompt that were left unsaved in this browser, each to go on with or to throw away. */
export function DraftOffers({ project, prompt, except }: OffersProps) {
  const { t } = useTranslation('prompts');
  const place = { project, prompt };
  const [drafts, setDrafts] = useState(() => draftsOf(place));
  const discard = (base: number | null) => {
    dropDraft(place, base);
    setDrafts(draftsOf(place));
  };
  return drafts
    .filter(({ base }) => base !== except)
    .map(({ base, at }) => (
      <Alert key={base} mb="md" color="yellow" variant="light" icon={<FilePen size={18} />} title={t('draft.left')}>
        <Text size="sm">
          {base === null ? t('draft.first') : t('draft.began', { base })} · <DateTime at={at} />
        </Text>
        <Group gap="xs" mt="xs">
          <ButtonLink
            size="compact-sm"
            to="/projects/$project/prompts/$prompt/edit"
            params={place}
            search={{ from: base ?? undefined }}
          >
            {t('draft.goOn')}
          </ButtonLink>
          <ConfirmButton
            size="compact-sm"
            title={t('draft.discardTitle')}
            text={t('draft.discardText')}
            onConfirm={() => discard(base)}
          >
            {t('draft.discard')}
          </ConfirmButton>
        </Group>
      </Alert>
    ));
}

/** Says that the editor holds what was left unsaved, and leads back to the version. */
export function DraftRestored({ at, base, onDiscard }: { at: string; base: number | null; onDiscard: () => void }) {
  const { t } = useTranslation('prompts');
  return (
    <Alert mb="md" role="status" color="blue" variant="light" icon={<History size={18} />} title={t('draft.restored')}>
      <Group gap="xs">
        <Text size="sm">
          {t('draft.changed')} <DateTime at={at} />
        </Text>
        <ConfirmButton
          size="compact-sm"
          title={t('draft.discardTitle')}
          text={t('draft.discardText')}
          onConfirm={onDiscard}
        >
          {base === null ? t('draft.discard') : t('draft.backTo', { base })}
        </ConfirmButton>
      </Group>
    </Alert>
  );
}

type MeanwhileProps = {
  /** The version that someone else saved. */
  newest: PromptVersion;
  content: PromptContent;
  /** Whether anything was written that could be lost. */
  changed: boolean;
  onKeep: () => void;
  onTake: () => void;
};

/** Warns that a version was saved since the draft began: what differs, and both ways on. */
export function MeanwhileNotice({ newest, content, changed, onKeep, onTake }: MeanwhileProps) {
  const { t } = useTranslation('prompts');
  const words = useContentWords();
  const [shown, { toggle }] = useDisclosure();
  const unified = useMediaQuery('(max-width: 1500px)', undefined, { getInitialValueInEffect: false });
  const { number, author, note } = newest;
  const take = t('draft.take', { number });
  return (
    <Alert
      role="alert"
      mb="md"
      color="yellow"
      variant="light"
      icon={<Users size={18} />}
      title={author === '' ? t('draft.meanwhile', { number }) : t('draft.meanwhileBy', { number, author })}
    >
      {note !== '' && <Text size="sm">{note}</Text>}
      <Text size="sm">{t('draft.meanwhileText', { number })}</Text>
      <Group gap="xs" mt="xs">
        <Button size="compact-sm" variant="default" aria-expanded={shown} onClick={toggle}>
          {shown ? t('draft.hideDiff') : t('draft.showDiff')}
        </Button>
        <Button size="compact-sm" onClick={onKeep}>
          {t('draft.keep', { number })}
        </Button>
        {changed ? (
          <ConfirmButton size="compact-sm" title={take} text={t('draft.takeText')} onConfirm={onTake}>
            {take}
          </ConfirmButton>
        ) : (
          <Button size="compact-sm" variant="default" onClick={onTake}>
            {take}
          </Button>
        )}
      </Group>
      {shown && (
        <Suspense fallback={<Skeleton height={200} mt="xs" />}>
          <div className={classes.diff}>
            <DiffView
              from={{ label: t('version', { number }), text: contentText(newest.content, words) }}
              to={{ label: t('draft.mine'), text: contentText(content, words) }}
              unified={unified ?? true}
              folded={t('diff.folded')}
            />
          </div>
        </Suspense>
      )}
    </Alert>
  );
}
