import {
  BellRing,
  Calculator,
  ChartNoAxesCombined,
  CirclePlay,
  FlaskConical,
  House,
  LayoutGrid,
  type LucideIcon,
  MessageSquareText,
  Rocket,
  ShieldCheck,
  Sparkles,
  Target,
  Waypoints,
} from 'lucide-react';

type Page = { name: string; to: `/projects/$project${string}`; key: string; icon: LucideIcon };

/** Pages of a project in the order of the navigation; `g` and the key go there. */
export const projectPages = [
  { name: 'overview', to: '/projects/$project', key: 'o', icon: House },
  { name: 'scope', to: '/projects/$project/scope', key: 's', icon: Target },
  { name: 'costs', to: '/projects/$project/costs', key: 'c', icon: Calculator },
  { name: 'prompts', to: '/projects/$project/prompts', key: 'p', icon: MessageSquareText },
  { name: 'playground', to: '/projects/$project/playground', key: 'y', icon: LayoutGrid },
  { name: 'sets', to: '/projects/$project/sets', key: 'e', icon: FlaskConical },
  { name: 'runs', to: '/projects/$project/runs', key: 'r', icon: CirclePlay },
  { name: 'improve', to: '/projects/$project/improve', key: 'i', icon: Sparkles },
  { name: 'releases', to: '/projects/$project/releases', key: 'l', icon: Rocket },
  { name: 'monitor', to: '/projects/$project/monitor', key: 'm', icon: ChartNoAxesCombined },
] as const satisfies Page[];

/** Pages that the monitor leads to. */
export const monitorPages = [
  { name: 'traces', to: '/projects/$project/monitor/traces', icon: Waypoints },
  { name: 'redaction', to: '/projects/$project/monitor/redaction', icon: ShieldCheck },
  { name: 'alerts', to: '/projects/$project/monitor/alerts', icon: BellRing },
] as const satisfies Omit<Page, 'key'>[];

/** After `g`: to the models, from any page. */
export const modelsKey = 'd';
