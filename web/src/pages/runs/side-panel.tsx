import { ActionIcon, Group, Title } from '@mantine/core';
import { ChevronLeft, ChevronRight, X } from 'lucide-react';
import { type ReactNode, useEffect, useEffectEvent, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useHotkey } from '../../components/hotkey.ts';
import { KeyboardHint } from '../../components/keyboard-hint.tsx';
import { isLayerOpen } from '../../components/open-layer.ts';
import classes from './side-panel.module.css';

type Props = {
  /** Names what is open; a change of it moves the reader's focus there. */
  openKey: string;
  title: ReactNode;
  position: string;
  onPrevious?: () => void;
  onNext?: () => void;
  onClose: () => void;
  /** More keys that work here, with what they do. */
  keys?: readonly { keys: string; label: string }[];
  children: ReactNode;
};

/** One of a list, beside the list: j and k go to its neighbours, Esc leaves a field and then the panel. */
export function SidePanel({ openKey, title, position, onPrevious, onNext, onClose, keys = [], children }: Props) {
  const { t } = useTranslation('runs');
  const id = useId();
  const panel = useRef<HTMLElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // Whoever comes by a link to it starts at the top of a long page.
    if (panel.current !== null && panel.current.getBoundingClientRect().top > window.innerHeight / 2)
      panel.current.scrollIntoView({ block: 'start' });
  }, []);
  useHotkey('j', t('panel.next'), () => onNext?.());
  useHotkey('k', t('panel.previous'), () => onPrevious?.());
  // biome-ignore lint/correctness/useExhaustiveDependencies: the focus follows what is open
  useEffect(() => heading.current?.focus({ preventScroll: true }), [openKey]);
  const close = () => {
    const row = document.querySelector('tr[aria-current="true"]');
    onClose();
    // Back to where the person came from.
    if (row instanceof HTMLElement) row.focus();
  };
  useEscape(() => {
    const field = document.activeElement;
    if (!(field instanceof HTMLElement) || !field.matches('input, textarea')) close();
    else heading.current?.focus({ preventScroll: true });
  });
  const hints = [{ keys: 'j', label: t('panel.next') }, { keys: 'k', label: t('panel.previous') }, ...keys];
  return (
    <aside ref={panel} className={classes.root} aria-labelledby={id}>
      <header className={classes.head}>
        <Title order={3} id={id} ref={heading} tabIndex={-1}>
          {title}
        </Title>
        <Group gap={4} wrap="nowrap">
          <span className="dim nowrap">{position}</span>
          <Step label={t('panel.previous')} onClick={onPrevious} icon={<ChevronLeft size={18} aria-hidden />} />
          <Step label={t('panel.next')} onClick={onNext} icon={<ChevronRight size={18} aria-hidden />} />
          <Step label={t('common:close')} onClick={close} icon={<X size={18} aria-hidden />} />
        </Group>
      </header>
      <div className={classes.body}>{children}</div>
      <footer className={classes.foot}>
        {[...hints, { keys: 'Esc', label: t('common:close') }].map(({ keys, label }) => (
          <span key={keys}>
            <KeyboardHint keys={keys} /> {label}
          </span>
        ))}
      </footer>
    </aside>
  );
}

function Step({ label, icon, onClick }: { label: string; icon: ReactNode; onClick?: () => void }) {
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      aria-label={label}
      title={label}
      disabled={onClick === undefined}
      onClick={onClick}
    >
      {icon}
    </ActionIcon>
  );
}

/** Escape, unless something above the page, such as a menu or a dialog, takes it. */
function useEscape(run: () => void): void {
  const handle = useEffectEvent(run);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented && !event.isComposing && !isLayerOpen()) handle();
    };
    // Before the menu that it closes is gone.
    document.addEventListener('keydown', onKeyDown, { capture: true });
    return () => document.removeEventListener('keydown', onKeyDown, { capture: true });
  }, []);
}
