import { Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/query.ts';
import { QueryState } from '../../components/query-state.tsx';

/** Which Whetstone this is and where its data lies. */
export function About() {
  const { t } = useTranslation('settings');
  const query = useApi('GET /api/about');
  return (
    <section aria-labelledby="about">
      <Title order={2} id="about" mb="xs">
        {t('about.title')}
      </Title>
      <QueryState query={query} height={40}>
        {({ version, dataDirectory }) => (
          <>
            <Text>{t('about.version', { version })}</Text>
            <Text>
              {t('about.data')} <span className="mono">{dataDirectory}</span>
            </Text>
          </>
        )}
      </QueryState>
    </section>
  );
}
