import type { Seeded } from './seed.ts';

/** A kind of request: its addresses are asked one after another, others where an answer could be known from the one before. */
export type Kind = { name: string; addresses: string[]; budgetMs: number };

/** Calls that are counted, after a first one that is counted apart. */
export const CALLS = 5;
const FIRST_ROWS_MS = 200;
const FILTER_MS = 300;

/** One address, asked again and again. */
export const same = (name: string, address: string, budgetMs = FILTER_MS): Kind => ({
  ...{ name, budgetMs },
  addresses: Array.from({ length: CALLS + 1 }, () => address),
});

/** What pages ask of runs of 100,000 results; `deep` are results far down the list. */
export function requestKinds({ long, second }: Seeded, deep: readonly number[]): Kind[] {
  const results = (name: string, queries: readonly string[], budgetMs = FILTER_MS): Kind => ({
    ...{ name, budgetMs },
    addresses: queries.map((query) => `/api/runs/${long}/results?limit=100&${query}`),
  });
  const filter = (name: string, values: readonly string[], more = '') =>
    results(
      `${name}${more && ` & ${more}`}`,
      values.map((value) => `${name}=${encodeURIComponent(value)}&${more}`),
    );
  const search = (about: string, words: readonly string[], more = '') =>
    results(
      `search ${about}`,
      words.map((word) => `search=${encodeURIComponent(word)}&${more}`),
    );
  const again = (values: readonly string[]) =>
    Array.from({ length: CALLS + 1 }, (_, index) => values[index % values.length] ?? '');
  const topics = Array.from({ length: CALLS + 1 }, (_, index) => `topic-${index + 1}`);
  const none = topics.map((topic) => `no ${topic}`);
  return [
    results('first rows', again(['']), FIRST_ROWS_MS),
    results(
      'next page, far down',
      deep.map((id) => `after=${id}`),
    ),
    filter('outcome', ['failed', 'no_answer', 'error', 'passed', 'not_passed', 'failed']),
    filter('split', again(['holdout', 'dev'])),
    filter('tag', topics),
    filter('tag', none),
    filter('label', again(['neutral', 'positive', 'negative'])),
    filter('label', none),
    filter('language', again(['zh', 'latin'])),
    filter('language', again(['other'])),
    filter('answer', again(['neutral', 'positive', 'negative'])),
    filter('errorCode', again(['timeout', 'rate_limited', 'server_error'])),
    filter('category', again(['sarcasm', 'mixed feelings', 'none such'])),
    filter('tag', topics, 'label=negative&language=zh&split=holdout&search=桂花'),
    search('English, common', ['waiter', 'Window', 'coffee', 'NOODLES', 'salty', 'the soup']),
    search('English, rare', ['saffron', 'Marzipan', 'tamarind', 'RHUBARB', 'pistachio', 'juniper']),
    search('English, no match', ['xylophone', 'Quixotic', 'zeppelin', 'a b c d e f', 'noodlesoup', 'waiters.']),
    search(
      'English, in errors',
      ['overloaded', '429 six', 'within 60', 'answered 503', 'in a row', 'no reply'],
      'outcome=error',
    ),
    search('Chinese, common', ['服务员', '味道', '音乐', '牛肉', '面条', '老']),
    search('Chinese, rare', ['桂花', '松露', '藕粉', '腊肉', '芥末', '豆豉']),
    search('Chinese, no match', ['鲸鱼座', '长颈鹿', '望远镜', '鲸', '珊瑚礁', '雪橇']),
    search('Cyrillic, no match', ['Дело', 'суп', 'Борщ', 'чай', 'Кофе', 'рис']),
    same('breakdown: groups, confusion, distributions', `/api/runs/${long}/breakdown`),
    same('overview', `/api/runs/${long}`),
    same('comparison', `/api/comparisons?runs=${long},${second}`),
    ...[0, 50_000].map((after) =>
      same(`cases of a comparison, from ${after}`, `/api/comparisons/cases?runs=${long},${second}&after=${after}`),
    ),
  ];
}
