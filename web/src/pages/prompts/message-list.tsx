import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './message-list.module.css';
import type { Message } from './prompt-version.ts';

type Props = { label: string; messages: readonly Message[]; children: (message: Message, index: number) => ReactNode };

/** Messages one below the other, each under its role. */
export function MessageList({ label, messages, children }: Props) {
  const { t } = useTranslation('prompts');
  return (
    <ol className={classes.list} aria-label={label}>
      {messages.map((message, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a message is the one at its place
        <li key={index} className={classes.message}>
          <span className={classes.role}>{t(`role.${message.role}`)}</span>
          {children(message, index)}
        </li>
      ))}
    </ol>
  );
}
