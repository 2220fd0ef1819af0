import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { projectRoute } from './parents.tsx';
import { oneOf, wholeNumber } from './search.ts';

type MonitorSearch = {
  /** How far the charts go back; 7 where nothing is said. */
  days?: 1 | 7 | 30 | 90;
  /** Id of the release that alone is shown. */
  release?: number;
  feedback?: 'up' | 'down';
  /** Id of the observation that is open. */
  observation?: number;
};

const ranges = [1, 7, 30, 90] as const;
const feedbacks = oneOf('up', 'down');

const monitor = createRoute({
  getParentRoute: () => projectRoute,
  path: '/monitor',
  validateSearch: ({ days, release, feedback, observation }): MonitorSearch => ({
    days: ranges.find((range) => range === wholeNumber(days)),
    release: wholeNumber(release),
    feedback: feedbacks(feedback),
    observation: wholeNumber(observation),
  }),
  component: lazyRouteComponent(() => import('../../pages/monitor/monitor.tsx'), 'Monitor'),
});

const alerts = createRoute({
  getParentRoute: () => projectRoute,
  path: '/monitor/alerts',
  component: lazyRouteComponent(() => import('../../pages/monitor/alerts/alerts.tsx'), 'Alerts'),
});

export const monitorRoutes = [monitor, alerts] as const;
