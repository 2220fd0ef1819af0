import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { readProjectFolder } from '../../server/formats/project-folder.ts';

const scope = `scope:
  problem: What do guests think?
  users: Owners
  inputs: A review
  outputs: One word
  targetPassRate: 0.8
  maxCostUsdPer1000Calls: 0.5
  maxLatencyP95Ms: 2000
  dataMayLeave: true
`;

/** A folder with two prompts, of two versions and of one. */
async function projectFolder(more: string): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'whetstone-project-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(path.join(folder, 'project.yml'), `name: Reviews\nset: reviews\n${scope}${more}`);
  for (const name of ['mood.v1', 'mood.v10', 'topic.v2']) {
    const prompt = `messages:\n  - role: user\n    content: ${name} {{review}}\n`;
    await writeFile(path.join(folder, `${name}.prompt.yml`), prompt);
  }
  return folder;
}

const holdoutOf = async (more: string) =>
  (await readProjectFolder(await projectFolder(more))).versions.map(({ prompt, content, holdout }) => [
    prompt,
    content.messages[0]?.content.split(' ')[0],
    holdout,
  ]);

it('judges the newest version of each prompt on holdout, unless the project says which', async () => {
  expect(await holdoutOf('')).toEqual([
    ['mood', 'mood.v1', false],
    ['topic', 'topic.v2', true],
    ['mood', 'mood.v10', true],
  ]);
  expect(await holdoutOf('holdout: [1, 2]\n')).toEqual([
    ['mood', 'mood.v1', true],
    ['topic', 'topic.v2', true],
    ['mood', 'mood.v10', false],
  ]);
  expect((await holdoutOf('holdout: []\n')).every(([, , holdout]) => holdout === false)).toBe(true);
});

it('says where a holdout version is named that there is not', async () => {
  const folder = await projectFolder('holdout: [1, 3]\n');
  await expect(readProjectFolder(folder)).rejects.toMatchObject({
    code: 'project_file_invalid',
    message: `${path.join(folder, 'project.yml')}:12:14: "holdout.1" can't be used: there is no version of this number. Correct it or leave it out.`,
  });
});
