import { Paper, Text, Title } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { usePanelFocus } from '../../components/panel-focus.ts';
import { MoveForm } from './move-form.tsx';
import type { Release, Releases } from './release.ts';

type Props = Pick<Releases, 'releases' | 'labels'> & { project: string; release: Release };

/** Offers to point a label to a release, as when it was just approved. */
export function PointPanel({ project, release, releases, labels }: Props) {
  const { t } = useTranslation('releases');
  const navigate = useNavigate({ from: '/projects/$project/releases' });
  const heading = usePanelFocus(true);
  return (
    <Paper component="section" aria-labelledby="point">
      <Title order={2} id="point" ref={heading} tabIndex={-1} style={{ outline: 'none' }}>
        {t('point.title', { number: release.number })}
      </Title>
      <Text c="dimmed" mb="sm" maw={820}>
        {t('point.text', { prompt: release.prompt, version: release.version, model: release.model })}
      </Text>
      <div style={{ maxWidth: 820 }}>
        <MoveForm
          project={project}
          prompt={release.prompt}
          releases={releases}
          labels={labels}
          release={release}
          reason={release.note}
          cancel={t('point.notNow')}
          onClose={() => navigate({ search: {}, resetScroll: false })}
        />
      </div>
    </Paper>
  );
}
