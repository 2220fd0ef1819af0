import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { expect, test } from 'vitest';
import { projectRoot } from '../fixtures/workbench.ts';

test('a reader that has seen enough, as in `… | head`, ends it quietly', async () => {
  const child = spawn(process.execPath, [path.join(projectRoot, 'server', 'main.ts'), '--help']);
  child.stdout.destroy();
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const [code] = await once(child, 'close');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
});
