import { expect, it } from 'vitest';
import type { Scope } from '../../server/domain/scope.ts';
import type { Opened } from './store-contract.ts';

const scope: Scope = {
  problem: 'Too many reviews',
  users: 'Owners',
  inputs: 'a review',
  outputs: 'a label',
  examples: [{ input: 'Cold soup', output: 'negative' }],
  mustNever: 'Insult a guest',
  privacy: '',
  minimumsByTag: [{ tag: 'irony', passRate: 0.7 }],
  targetPassRate: 0.9,
  maxCostUsdPer1000Calls: null,
  maxLatencyP95Ms: 800,
  dataMayLeave: false,
};

export function projectContract(opened: Opened): void {
  it('finds a project by its slug and by its name as written, in any script', async () => {
    const { projects } = opened().stores;
    const reviews = await projects.create('Restaurant reviews');
    const chinese = await projects.create('餐厅 评论');
    expect(reviews).toMatchObject({ slug: 'restaurant-reviews', name: 'Restaurant reviews' });
    for (const name of ['restaurant-reviews', 'Restaurant reviews', 'RESTAURANT  Reviews'])
      expect(await projects.find(name)).toEqual(reviews);
    expect(await projects.find('餐厅-评论')).toEqual(chinese);
    expect(await projects.find('others')).toBeNull();
    expect(await projects.get(chinese.id)).toEqual(chinese);
    expect(await projects.list()).toEqual([reviews, chinese]);
  });

  it('keeps slugs unique', async () => {
    const { projects } = opened().stores;
    await projects.create('Reviews');
    await expect(projects.create('reviews!')).rejects.toMatchObject({ code: 'project_exists', kind: 'conflict' });
    expect(await projects.list()).toHaveLength(1);
  });

  it('has the scope that was saved last; none before one is', async () => {
    const { projects } = opened().stores;
    const { id } = await projects.create('Reviews');
    const other = await projects.create('Other');
    expect(await projects.scope(id)).toBeNull();
    await projects.saveScope(id, scope, 'Ada');
    await projects.saveScope(id, { ...scope, targetPassRate: null }, 'Grace');
    expect(await projects.scope(id)).toEqual({ ...scope, targetPassRate: null });
    expect(await projects.scope(other.id)).toBeNull();
  });

  it('numbers the versions of a scope, and adds none to another than it was written from', async () => {
    const { projects } = opened().stores;
    const { id } = await projects.create('Reviews');
    const other = await projects.create('Other');
    await projects.saveScope(other.id, scope, 'Ada', 0);
    const first = await projects.saveScope(id, scope, 'Ada', 0);
    expect(first).toMatchObject({ number: 1, scope, author: 'Ada' });
    const late = projects.saveScope(id, { ...scope, users: 'Guests' }, 'Grace', 0);
    await expect(late).rejects.toMatchObject({
      code: 'scope_changed_meanwhile',
      kind: 'conflict',
      details: { newest: 1, base: 0 },
    });
    const second = await projects.saveScope(id, { ...scope, users: 'Guests' }, 'Grace', 1);
    const two = ['a', 'b'].map((users) => projects.saveScope(id, { ...scope, users }, '', 2));
    expect((await Promise.allSettled(two)).map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await projects.scopeVersions(id)).slice(1)).toEqual([second, first]);
    expect(await projects.scopeNumber(id, second.id)).toBe(2);
  });

  it('keeps connections by slug, and none twice', async () => {
    const { connections } = opened().stores;
    const server = { slug: 'vllm', name: 'vLLM', baseUrl: 'http://127.0.0.1:8000/v1', keyVariable: 'VLLM_KEY' };
    await connections.add(server);
    await connections.add({ slug: 'another', name: 'Another', baseUrl: 'http://example.test/v1', keyVariable: null });
    await expect(connections.add({ ...server, name: 'x' })).rejects.toMatchObject({ code: 'connection_exists' });
    expect((await connections.list()).map(({ slug }) => slug)).toEqual(['another', 'vllm']);
    await connections.remove('another');
    expect(await connections.list()).toEqual([server]);
  });

  it('keeps what a connection is limited to, until it is removed', async () => {
    const { connections } = opened().stores;
    await connections.setLimits('openai', { requestsPerMinute: 60, tokensPerMinute: null });
    await connections.setLimits('openai', { requestsPerMinute: null, tokensPerMinute: 90_000 });
    await connections.setLimits('lab', { requestsPerMinute: 1, tokensPerMinute: null });
    await connections.remove('lab');
    expect(await connections.limits()).toEqual(
      new Map([['openai', { requestsPerMinute: null, tokensPerMinute: 90_000 }]]),
    );
  });
}
