import type { Seeded } from './seed.ts';

/** A kind of request: its addresses are asked one after another, others where an answer could be known from the one before. */
export type Kind = { name: string; addresses: string[]; budgetMs: number };

/** Calls that are counted, after a first one that is counted apart. */
export const CALLS = 5;
const FIRST_ROWS_MS = 200;
const FILTER_MS = 300;

/** What pages ask of runs of 100,000 results; `deep` are results far down the list. */
export function requestKinds({ long, second }: Seeded, deep: readonly number[]): Kind[] {
  const run = `/api/runs/${long}`;
  return [
    kindOf('first rows', `${run}/results?limit=100`, again(['']), FIRST_ROWS_MS),
    ...filterKinds(`${run}/results?limit=100&`),
    ...searchKinds(`${run}/results?limit=100&`),
    ...placeKinds(run, deep),
    ...countKinds(`${run}/result-counts?`),
    ...['tag', 'label', 'answer'].map((field) =>
      kindOf(
        `${field}s found by a part`,
        `${run}/result-choices?field=${field}&search=`,
        again(['i', 'o', 'c', 'p', 't', '海'].map(encodeURIComponent)),
      ),
    ),
    same('breakdown: groups, confusion, distributions', `${run}/breakdown`),
    same('overview', run),
    same('comparison of two runs', `/api/comparisons?runs=${long},${second}`),
    ...[0, 50_000].map((after) =>
      same(`its cases from ${after} on`, `/api/comparisons/cases?runs=${long},${second}&after=${after}`),
    ),
  ];
}

/** One address, asked again and again. */
export const same = (name: string, address: string, budgetMs = FILTER_MS): Kind =>
  kindOf(name, address, again(['']), budgetMs);

const kindOf = (name: string, address: string, queries: readonly string[], budgetMs = FILTER_MS): Kind => ({
  name,
  budgetMs,
  addresses: queries.map((query) => address + query),
});

const each = (query: (index: number) => string): string[] =>
  Array.from({ length: CALLS + 1 }, (_, index) => query(index));
const again = (values: readonly string[]): string[] => each((index) => values[index % values.length] ?? '');
const parameter = (name: string, values: readonly string[]): string[] =>
  again(values).map((value) => `${name}=${encodeURIComponent(value)}`);

const topics = each((index) => `topic-${index + 1}`);
const labels = ['neutral', 'positive', 'negative'];

function filterKinds(address: string): Kind[] {
  const filter = (name: string, values: readonly string[]) => kindOf(name, address, parameter(name, values));
  const noMatch = (name: string) => ({
    ...filter(
      name,
      topics.map((topic) => `no ${topic}`),
    ),
    name: `${name}, no match`,
  });
  const several = `&label=negative&language=zh&split=holdout&search=${encodeURIComponent('桂花')}`;
  return [
    filter('outcome', ['failed', 'no_answer', 'error', 'passed', 'not_passed']),
    filter('split', ['holdout', 'dev']),
    filter('tag', topics),
    noMatch('tag'),
    filter('label', labels),
    noMatch('label'),
    filter('language', ['zh', 'latin']),
    { ...filter('language', ['other']), name: 'language, no match' },
    filter('answer', labels),
    filter('errorCode', ['timeout', 'rate_limited', 'server_error']),
    filter('category', ['sarcasm', 'mixed feelings', 'none such']),
    kindOf(
      'tag, label, language, split and search',
      address,
      topics.map((topic) => `tag=${topic}${several}`),
    ),
  ];
}

function searchKinds(address: string): Kind[] {
  const search = (about: string, words: readonly string[]) =>
    kindOf(`search: ${about}`, address, parameter('search', words));
  return [
    search('English, common', ['waiter', 'Window', 'coffee', 'NOODLES', 'salty', 'the soup']),
    search('English, rare', ['saffron', 'Marzipan', 'tamarind', 'RHUBARB', 'pistachio', 'juniper']),
    search('English, no match', ['xylophone', 'Quixotic', 'zeppelin', 'a b c d e f', 'noodlesoup', 'waiters.']),
    search('error messages', ['overloaded', '429 six', 'within 60', 'answered 503', 'in a row', 'no reply']),
    search('Chinese, common', ['服务员', '味道', '音乐', '牛肉', '面条', '老']),
    search('Chinese, rare', ['桂花', '松露', '藕粉', '腊肉', '芥末', '豆豉']),
    search('Chinese, no match', ['鲸鱼座', '长颈鹿', '望远镜', '鲸', '珊瑚礁', '雪橇']),
    search('Cyrillic, no match', ['Дело', 'суп', 'Борщ', 'чай', 'Кофе', 'рис']),
  ];
}

const placeKinds = (run: string, deep: readonly number[]): Kind[] => [
  kindOf('next page, far down', `${run}/results?limit=100&after=`, deep.map(String)),
  kindOf(
    'page at a place, far down',
    `${run}/results?limit=100&skip=`,
    each((index) => String(60_000 + 100 * index)),
  ),
  kindOf(
    'the same of a search',
    `${run}/results?limit=100&search=waiter&skip=`,
    each((index) => String(9_000 + 100 * index)),
  ),
  kindOf('place of a result', `${run}/result-place?result=`, deep.map(String)),
];

const countKinds = (address: string): Kind[] => [
  kindOf('counts of all', address, again([''])),
  kindOf('counts by tag', address, parameter('tag', topics)),
  kindOf('counts by language', address, parameter('language', ['zh', 'latin', 'other'])),
  kindOf('counts of a search', address, parameter('search', ['waiter', '服务员', 'xylophone', '鲸鱼座', 'Дело'])),
];
