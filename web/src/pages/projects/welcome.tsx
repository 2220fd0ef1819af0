import { CloseButton, Title } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import classes from './welcome.module.css';

const stages = ['scope', 'prototype', 'evaluate', 'improve', 'deploy'] as const;

/** What the workbench is for, in one strip: there until it is put away. */
export function Welcome() {
  const { t } = useTranslation('projects');
  const [shown, setShown] = useLocalStorage({
    key: 'whetstone.welcome',
    defaultValue: true,
    getInitialValueInEffect: false,
  });
  if (!shown) return null;
  return (
    <section className={classes.root} aria-labelledby="welcome">
      <div className={classes.head}>
        <Title order={2} id="welcome">
          {t('welcome.title')}
        </Title>
        <CloseButton aria-label={t('welcome.close')} onClick={() => setShown(false)} />
      </div>
      <ol className={classes.stages}>
        {stages.map((stage) => (
          <li key={stage}>
            <strong>{t(`spine.stage.${stage}`)}</strong>
            <span>{t(`welcome.${stage}`)}</span>
          </li>
        ))}
      </ol>
      <p className={classes.hint}>{t('welcome.sample')}</p>
    </section>
  );
}
