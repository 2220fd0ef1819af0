import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { projectRoute } from './parents.tsx';
import { oneOf, text, wholeNumber } from './search.ts';

type MonitorSearch = {
  /** How far the charts go back; 7 where nothing is said. */
  days?: 1 | 7 | 30 | 90;
  /** Id of the release that alone is shown. */
  release?: number;
  feedback?: 'up' | 'down';
  /** Calls that were scored so: as a whole, or by the scorer `scoredBy` as it is typed. */
  scored?: 'passed' | 'failed' | 'error';
  scoredBy?: string;
  /** Calls that contain it. */
  search?: string;
  /** Whose pass rate is shown: a prompt, a generation of its scorers and one of these. */
  prompt?: string;
  generation?: number;
  scorer?: string;
  /** Id of the observation that is open. */
  observation?: number;
};

const ranges = [1, 7, 30, 90] as const;
const feedbacks = oneOf('up', 'down');
const outcomes = oneOf('passed', 'failed', 'error');

const monitor = createRoute({
  getParentRoute: () => projectRoute,
  path: '/monitor',
  validateSearch: ({ days, release, feedback, observation, scored, ...search }): MonitorSearch => ({
    days: ranges.find((range) => range === wholeNumber(days)),
    release: wholeNumber(release),
    feedback: feedbacks(feedback),
    scored: outcomes(scored),
    scoredBy: text(search.scoredBy),
    search: text(search.search),
    prompt: text(search.prompt),
    generation: wholeNumber(search.generation),
    scorer: text(search.scorer),
    observation: wholeNumber(observation),
  }),
  component: lazyRouteComponent(() => import('../../pages/monitor/monitor.tsx'), 'Monitor'),
});

const alerts = createRoute({
  getParentRoute: () => projectRoute,
  path: '/monitor/alerts',
  component: lazyRouteComponent(() => import('../../pages/monitor/alerts/alerts.tsx'), 'Alerts'),
});

const redaction = createRoute({
  getParentRoute: () => projectRoute,
  path: '/monitor/redaction',
  component: lazyRouteComponent(() => import('../../pages/monitor/redaction/redaction.tsx'), 'Redaction'),
});

export const monitorRoutes = [monitor, redaction, alerts] as const;
