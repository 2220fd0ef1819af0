import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Project } from '../../../server/domain/project.ts';
import type { PromptVersion } from '../../../server/domain/prompt.ts';
import { readPromptFile } from '../../../server/formats/read-prompt-file.ts';
import { diffVersions, exportVersion } from '../../../server/services/prototype/export-version.ts';
import { saveVersion } from '../../../server/services/prototype/save-version.ts';
import { createProject } from '../../../server/services/scope/create-project.ts';
import type { Workbench } from '../../../server/services/workbench.ts';
import { openTestStores, type TestStores } from '../../fixtures/stores.ts';

let opened: TestStores;
let workbench: Pick<Workbench, 'stores'>;
let project: Project;
beforeEach(async () => {
  opened = await openTestStores();
  workbench = { stores: opened.stores };
  project = await createProject(workbench, 'Reviews');
  await opened.stores.prompts.create(project.id, 'Sentiment');
  await save('Is this good? {{review}}', 'First');
  await save('Positive or negative?\n{{review}}', 'Second');
});
afterEach(() => opened.close());

const save = (content: string, note: string) =>
  saveVersion(workbench, project, 'sentiment', {
    content: {
      messages: [{ role: 'user', content }],
      parameters: { temperature: 1 },
      responseFormat: { type: 'text' },
    },
    note,
    author: 'Ada',
    parent: null,
  });

async function releaseOf(number: number) {
  const { stores } = opened;
  const prompt = await stores.prompts.find(project.id, 'sentiment');
  const version: PromptVersion | null = prompt && (await stores.prompts.version(prompt.id, number));
  if (version === null) throw new Error(`there is no version ${number}`);
  const release = await stores.releases.create({
    projectId: project.id,
    promptId: version.promptId,
    promptVersionId: version.id,
    model: 'openai/gpt-5-mini',
    parameters: { temperature: 0 },
    evidence: { runs: [], criteria: [] },
    note: 'Fine',
    approvedBy: 'Grace',
  });
  const move = { promptId: version.promptId, releaseId: release.id, kind: 'move' as const, reason: 'r', author: '' };
  await stores.releases.moveLabel({ ...move, label: 'production' });
  return release;
}

describe('exportVersion', () => {
  it('exports the newest version, or the one that is asked for', async () => {
    const newest = await exportVersion(workbench, project, { prompt: 'sentiment' }, 'prompt.yml');
    expect(newest.fileName).toBe('sentiment-v2.prompt.yml');
    expect(readPromptFile(newest.fileName, newest.text)).toMatchObject({
      note: 'Second',
      content: { messages: [{ content: 'Positive or negative?\n{{review}}' }] },
    });
    const first = await exportVersion(workbench, project, { prompt: 'Sentiment', version: 1 }, 'prompty');
    expect(first.fileName).toBe('sentiment-v1.prompty');
  });

  it('exports what a label points to with the model and parameters that were approved', async () => {
    const release = await releaseOf(1);
    const { text } = await exportVersion(workbench, project, { prompt: 'sentiment', label: 'production' }, 'openai');
    expect(JSON.parse(text)).toMatchObject({ model: 'gpt-5-mini', temperature: 0 });
    const page = await exportVersion(workbench, project, { prompt: 'sentiment', version: 1 }, 'markdown');
    // It says that it is the release, so that it has what was approved with it.
    expect(page.text).toContain('- Parameters: `{"temperature":0}`');
    expect(page.text).toContain(release.evidenceDigest);
    expect(page.text).toContain('- Labels: `production`');
    const other = await exportVersion(workbench, project, { prompt: 'sentiment', version: 2 }, 'markdown');
    expect(other.text).toContain('This version is not released.');
  });

  it('says what there is not', async () => {
    const choices = [
      [{ prompt: 'other' }, 'prompt_missing'],
      [{ prompt: 'sentiment', version: 9 }, 'prompt_version_missing'],
      [{ prompt: 'sentiment', label: 'production' }, 'label_missing'],
    ] as const;
    for (const [choice, code] of choices) {
      await expect(exportVersion(workbench, project, choice, 'openai')).rejects.toMatchObject({ code });
    }
    await opened.stores.prompts.create(project.id, 'Empty');
    await expect(exportVersion(workbench, project, { prompt: 'empty' }, 'openai')).rejects.toThrow(/no version yet/);
  });
});

describe('diffVersions', () => {
  it('shows what changed between two versions', async () => {
    expect(await diffVersions(workbench, project, 'sentiment', { before: 1, after: 2 })).toBe(`--- sentiment@1
+++ sentiment@2
@@ -1,7 +1,9 @@
 name: Sentiment
-description: First
+description: Second
 modelParameters:
   temperature: 1
 messages:
   - role: user
-    content: Is this good? {{review}}
+    content: |-
+      Positive or negative?
+      {{review}}
`);
    expect(await diffVersions(workbench, project, 'sentiment', { before: 2, after: 2 })).toBe('');
  });
});
