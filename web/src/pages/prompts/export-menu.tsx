import { Button, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { Copy, Download } from 'lucide-react';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { request, urlOf } from '../../api/client.ts';

const formats = ['prompt.yml', 'prompty', 'openai', 'markdown'] as const;
type Format = (typeof formats)[number];
/** Keys of the texts: a dot would part them. */
const texts = { 'prompt.yml': 'promptYml', prompty: 'prompty', openai: 'openai', markdown: 'markdown' } as const;
const key = 'GET /api/projects/:project/prompts/:prompt/export';

/** A version as a file in a format that others read: to download or to copy. */
export function ExportMenu({ project, prompt, version }: { project: string; prompt: string; version: number }) {
  const { t } = useTranslation('prompts');
  const given = (format: Format) => ({ params: { project, prompt }, query: { version, format } });
  const copy = async (format: Format) => {
    const name = t(`export.${texts[format]}.name`);
    try {
      await navigator.clipboard.writeText(await request(key, given(format)));
      notifications.show({ message: t('export.copied', { name }) });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      notifications.show({ color: 'red', message: t('export.notCopied', { name, reason }) });
    }
  };
  return (
    <Menu position="bottom-end" width={300}>
      <Menu.Target>
        <Button variant="default" leftSection={<Download size={16} aria-hidden />}>
          {t('export.action')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {formats.map((format) => (
          <Fragment key={format}>
            <Menu.Label>
              <strong>{t(`export.${texts[format]}.name`)}</strong>: {t(`export.${texts[format]}.use`)}
            </Menu.Label>
            <Menu.Item
              component="a"
              href={urlOf(key, given(format))}
              download
              leftSection={<Download size={14} aria-hidden />}
            >
              {t('export.download', { name: t(`export.${texts[format]}.name`) })}
            </Menu.Item>
            <Menu.Item leftSection={<Copy size={14} aria-hidden />} onClick={() => copy(format)}>
              {t('export.copy', { name: t(`export.${texts[format]}.name`) })}
            </Menu.Item>
          </Fragment>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
