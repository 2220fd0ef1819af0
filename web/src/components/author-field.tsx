import { TextInput, type TextInputProps } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { useRoleHint } from './role-hint.tsx';
import { type Person, usePeople } from './use-people.ts';

/** The name that what is saved stands under: of who is known here, else the one typed last in this browser. */
export function useAuthor(): [author: string, setAuthor: (author: string) => void] {
  const { me } = usePeople();
  const [author, setAuthor] = useLocalStorage({
    key: 'whetstone.author',
    defaultValue: '',
    getInitialValueInEffect: false,
    serialize: (name) => name,
    deserialize: (name) => name ?? '',
  });
  return [me?.name ?? author, setAuthor];
}

type Props = Pick<TextInputProps, 'label' | 'required' | 'w' | 'size'> & {
  /** The role that saving needs; an editor's unless said. */
  needs?: Person['role'];
};

/** Field for that name; only to be read where it is known who uses the browser, and says who will be refused. */
export function AuthorField({ needs, ...props }: Props) {
  const { t } = useTranslation();
  const { me } = usePeople();
  const [author, setAuthor] = useAuthor();
  const hint = useRoleHint(needs);
  return (
    <TextInput
      label={t('author.label')}
      placeholder={t('author.placeholder')}
      autoComplete="name"
      maxLength={80}
      value={author}
      readOnly={me !== null}
      error={hint}
      title={me === null ? undefined : t('author.known')}
      onChange={(event) => setAuthor(event.currentTarget.value)}
      {...props}
    />
  );
}
