import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type WorkerReport, type WorkerRequest, workerReport } from '../../../../server/providers/local/protocol.ts';
import { describeWithModel } from '../../../fixtures/local-model.ts';

const entry = path.resolve(import.meta.dirname, '../../../../server/providers/local/worker/main.ts');

function start() {
  const child = fork(entry, { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  return {
    child,
    tell: (request: WorkerRequest) => child.send(request),
    async ask(request: WorkerRequest): Promise<WorkerReport> {
      child.send(request);
      const [report] = await once(child, 'message');
      return workerReport.parse(report);
    },
  };
}

const temporaryFolder = async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'whetstone-worker-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
};

const call = (id: number): WorkerRequest => ({
  id,
  type: 'complete',
  stream: false,
  responseFormat: { type: 'text' },
  parameters: { maxTokens: 1 },
  messages: [{ role: 'user', content: 'Hello' }],
});

describe('the process of a model', () => {
  it('leaves Ctrl-C, which a terminal sends to it too, to the program that asks it', async () => {
    const { child, ask } = start();
    const inspect = { type: 'inspect', path: path.join(await temporaryFolder(), 'none.gguf') } as const;
    expect(await ask({ ...inspect, id: 1 })).toMatchObject({ type: 'failed', id: 1 });
    child.kill('SIGINT');
    expect(await ask({ ...inspect, id: 2 })).toMatchObject({ type: 'failed', id: 2 });
    child.disconnect();
    expect(await once(child, 'exit')).toEqual([0, null]);
  });
});

describeWithModel('the process of a model', (modelPath) => {
  it('that could not be loaded is tried again with the next call', async () => {
    const { tell, ask } = start();
    const given = path.join(await temporaryFolder(), 'own.gguf');
    tell({ type: 'load', name: 'local/own', path: given });
    expect(await ask(call(1))).toMatchObject({ type: 'failed', failure: { code: 'model_not_found' } });
    await symlink(modelPath, given);
    expect(await ask(call(2))).toMatchObject({ type: 'completed', id: 2 });
  });
});
