import { Circle, CircleCheck, CircleDot, TriangleAlert } from 'lucide-react';
import type { Answer } from '../../../server/http/contract/index.ts';

type State = Answer<'GET /api/projects/:project'>['spine']['stages'][number]['state'];

const icons = { open: Circle, started: CircleDot, done: CircleCheck, attention: TriangleAlert };
const colours: Record<State, string> = {
  open: 'var(--mantine-color-dimmed)',
  started: 'var(--mantine-color-anchor)',
  done: 'var(--mantine-color-anchor)',
  attention: 'var(--w-none)',
};

/** Sign of a stage's state; the word stands beside it. */
export function StageIcon({ state }: { state: State }) {
  const Icon = icons[state];
  return <Icon size={16} aria-hidden color={colours[state]} style={{ flex: 'none' }} />;
}
