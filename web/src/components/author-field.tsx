import { TextInput, type TextInputProps } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';

/** A person's name, remembered in this browser: give `author` to what is saved. */
export function useAuthor(): [author: string, setAuthor: (author: string) => void] {
  const [author, setAuthor] = useLocalStorage({
    key: 'whetstone.author',
    defaultValue: '',
    getInitialValueInEffect: false,
    serialize: (name) => name,
    deserialize: (name) => name ?? '',
  });
  return [author, setAuthor];
}

/** Field for that name. */
export function AuthorField(props: Pick<TextInputProps, 'label' | 'required' | 'w' | 'size'>) {
  const { t } = useTranslation();
  const [author, setAuthor] = useAuthor();
  return (
    <TextInput
      label={t('author.label')}
      placeholder={t('author.placeholder')}
      autoComplete="name"
      maxLength={80}
      value={author}
      onChange={(event) => setAuthor(event.currentTarget.value)}
      {...props}
    />
  );
}
