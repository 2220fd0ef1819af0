import { expect, it } from 'vitest';
import { contentHash } from '../../server/domain/content-hash.ts';
import type { ReleaseRequestId } from '../../server/domain/ids.ts';
import type { Evidence } from '../../server/domain/release.ts';
import { requestState } from '../../server/domain/release-request.ts';
import type { Opened } from './store-contract.ts';
import { seed } from './store-seed.ts';

const evidence: Evidence = {
  runs: [],
  criteria: [{ name: 'tag', tag: 'irony', state: 'missed', target: 0.9, observed: 0.5, bound: 0.2 }],
};

export function releaseRequestContract(opened: Opened): void {
  const start = async () => {
    const { stores } = opened();
    const { project, prompt, version } = await seed(stores);
    const about = { projectId: project.id, promptId: prompt.id, promptVersionId: version.id };
    const subject = { ...about, model: 'openai/test-model', parameters: { temperature: 0 }, evidence };
    const request = await stores.releaseRequests.create({
      ...subject,
      scopeId: null,
      note: 'better',
      requestedBy: 'Ada',
      personId: null,
    });
    const say = (kind: 'commented' | 'sent_back' | 'withdrawn', text: string) =>
      stores.releaseRequests.addEvent(request.id, {
        kind,
        text,
        case: null,
        releaseId: null,
        author: 'Grace',
        personId: null,
      });
    const approve = () =>
      stores.releases.create(
        {
          ...subject,
          note: 'yes',
          approvedBy: 'Grace',
          overrides: [{ name: 'tag', tag: 'irony', state: 'missed', reason: 'rare' }],
        },
        { id: request.id, personId: null },
      );
    return { requests: stores.releaseRequests, releases: stores.releases, project, request, say, approve };
  };

  it('freezes the evidence under its digest', async () => {
    const { requests, project, request } = await start();
    expect(request).toMatchObject({ evidence, evidenceDigest: contentHash(evidence), events: [], requestedBy: 'Ada' });
    expect(await requests.get(request.id)).toEqual(request);
    expect(await requests.list(project.id)).toEqual([request]);
    await expect(requests.get(99 as ReleaseRequestId)).rejects.toMatchObject({ code: 'release_request_missing' });
  });

  it('is open to words until it is decided, and after', async () => {
    const { requests, request, say } = await start();
    await say('commented', 'why so dear?');
    expect(requestState(await requests.get(request.id))).toBe('open');
    await say('sent_back', 'cheaper, please');
    await say('commented', 'I will');
    const decided = await requests.get(request.id);
    expect(requestState(decided)).toBe('sent_back');
    expect(decided.events.map(({ text }) => text)).toEqual(['why so dear?', 'cheaper, please', 'I will']);
  });

  it('is decided once: an approval that comes second makes no release', async () => {
    const { releases, project, say, approve } = await start();
    await say('withdrawn', 'a mistake');
    await expect(approve()).rejects.toMatchObject({ code: 'release_request_ended', kind: 'conflict' });
    await expect(say('sent_back', 'no')).rejects.toMatchObject({ code: 'release_request_ended' });
    expect(await releases.list(project.id)).toEqual([]);
  });

  it('ends with the release that was made of it, and keeps the overrides', async () => {
    const { requests, releases, request, approve } = await start();
    const release = await approve();
    const { events } = await requests.get(request.id);
    expect(events).toMatchObject([{ kind: 'approved', releaseId: release.id, author: 'Grace', text: 'yes' }]);
    expect((await releases.get(release.id)).overrides).toEqual([
      { name: 'tag', tag: 'irony', state: 'missed', reason: 'rare' },
    ]);
    await expect(approve()).rejects.toMatchObject({ code: 'release_request_ended' });
  });
}
