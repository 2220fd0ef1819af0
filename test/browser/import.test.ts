import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeWorkbook } from '../fixtures/workbook.ts';
import { findings } from './findings.ts';
import { openStage, type Stage, settled } from './stage.ts';

const sets = '/projects/help-desk/sets';
let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
  await stage.workbench.stores.projects.create('Help desk');
});
afterAll(async () => {
  expect(stage.problems).toEqual([]);
  await stage.close();
});

/** The newest version of a set, and its cases. */
async function stored(name: string) {
  const { projects, evalSets } = stage.workbench.stores;
  const [project] = await projects.list();
  const set = project && (await evalSets.find(project.id, name));
  const version = set && (await evalSets.version(set.id, null));
  if (!version) throw new Error(`${name} was not imported`);
  return { version, cases: await evalSets.cases(version) };
}

/** Drops a file as a person does, on the page's heading: it is taken anywhere. */
async function drop(page: Page, name: string, content: Buffer | string): Promise<void> {
  const bytes = [...Buffer.from(content)];
  const dataTransfer = await page.evaluateHandle(
    (file) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([new Uint8Array(file.bytes)], file.name));
      return transfer;
    },
    { name, bytes },
  );
  for (const type of ['dragover', 'drop']) await page.dispatchEvent('h1', type, { dataTransfer });
}

async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((given) => navigator.clipboard.writeText(given), text);
  await page.keyboard.press('Control+v');
}

const dialogOf = (page: Page) => page.getByRole('dialog', { name: 'Import labelled cases' });
const roleOf = (page: Page, field: string) => dialogOf(page).getByLabel(`Role of ${field}`, { exact: true });
async function soundIn(page: Page): Promise<void> {
  expect(await findings(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)).toBe(false);
}

it('a CSV that is dropped is looked at, mapped otherwise, and saved as a version', async () => {
  const page = await stage.open(`${sets}?import=true`);
  const long = 'My parcel has not arrived although the shop says that it was delivered last';
  const table = [
    'ticket,mood,thread,note',
    'Where is my order?,sad,t1,a',
    'Where is my order?,sad,t1,a',
    'Thank you very much,glad,t2,b',
    'It is broken,sad,t3,c',
    'It is broken,glad,t3,c',
    `${long} Monday,sad,t4,d`,
    `${long} Tuesday,sad,t5,e`,
  ].join('\n');
  await drop(page, 'tickets.csv', table);
  await page.getByText('CSV: 7 rows, 6 different cases').waitFor();
  await roleOf(page, 'mood').selectOption('expected');
  await roleOf(page, 'note').selectOption('ignore');
  await roleOf(page, 'thread').selectOption('group');
  await page.getByText('5 groups').waitFor();
  const findings = page.getByRole('region', { name: 'Before it is saved' });

  await expect.poll(() => findings.innerText()).toMatch(/sad 4\s+glad 2/);
  await findings.getByText('1 row repeats another one word for word').click();
  await findings.getByText('Line 3 repeats line 2').waitFor();
  await findings.getByText('1 input has conflicting answers').click();
  await findings.getByText('sad: line 5 · glad: line 6').waitFor();
  await findings.getByText('1 group of near-duplicates (2 cases)').click();
  await findings.getByText(`${long} Monday ≈ ${long} Tuesday`).waitFor();
  await soundIn(page);
  await dialogOf(page).getByRole('button', { name: 'Import', exact: true }).click();
  const refused = dialogOf(page).getByRole('alert');
  await refused.getByText('Correct tickets.csv, then choose it again.').waitFor();
  expect(await refused.getByRole('row').nth(1).textContent()).toMatch(/^6.*Lines 5 and 6 give the same input/);
  await findings.getByLabel('Leave these inputs out').check();
  await findings.getByLabel('Keep only the first of each').check();
  await dialogOf(page).getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByText('Imported: tickets is at version 1 now.').waitFor();
  await soundIn(page);
  const { version, cases } = await stored('tickets');
  expect(version).toMatchObject({ number: 1, caseCount: 3, note: 'Imported from tickets.csv' });
  expect(cases.map(({ variables, expected, group }) => [variables, expected, group])).toEqual([
    [{ ticket: 'Where is my order?' }, 'sad', 't1'],
    [{ ticket: 'Thank you very much' }, 'glad', 't2'],
    [{ ticket: `${long} Monday` }, 'sad', 't4'],
  ]);
  await page.context().close();
});

it('a table pasted from a spreadsheet is imported by keyboard alone', async () => {
  const page = await stage.open(sets);
  await page.keyboard.press('n');
  await dialogOf(page).getByRole('button', { name: 'Choose a file' }).waitFor();
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Choose a file');
  await page.keyboard.press('Tab');
  await paste(page, 'question\texpected\r\n"Two\nlines, ""quoted"""\tyes\r\n"So" he said\tno\r\n');
  await page.getByText('CSV: 2 rows, 2 different cases').waitFor();
  const set = dialogOf(page).getByRole('combobox', { name: 'Set' });
  for (let tabs = 0; !(await set.evaluate((element) => element === document.activeElement)); tabs++) {
    expect(tabs).toBeLessThan(20);
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Control+a');
  await page.keyboard.type('Pasted');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Enter');
  await page.getByText('Imported: Pasted is at version 1 now.').waitFor();
  const { cases } = await stored('Pasted');
  expect(cases.map(({ variables, expected }) => [variables.question, expected])).toEqual([
    ['Two\nlines, "quoted"', 'yes'],
    ['"So" he said', 'no'],
  ]);
  await page.context().close();
});

it('a GB18030 table and a sheet of a workbook are read as they are', async () => {
  const page = await stage.open(`${sets}?import=true`);
  // "好吃" (tasty) and "难吃" (awful) in GB18030, which Node decodes and does not encode.
  await drop(
    page,
    '点评.csv',
    Buffer.concat([
      Buffer.from('text,expected\n'),
      Buffer.from([0xba, 0xc3, 0xb3, 0xd4]),
      Buffer.from(',positive\n'),
      Buffer.from([0xc4, 0xd1, 0xb3, 0xd4]),
      Buffer.from(',negative\n'),
    ]),
  );
  await page.getByText('CSV: 2 rows').waitFor();
  await dialogOf(page).getByText('难吃').waitFor();
  expect(await dialogOf(page).getByRole('combobox', { name: 'Encoding' }).inputValue()).toBe('GB18030');
  const workbook = makeWorkbook({
    About: [['what'], ['nothing to import']],
    Cases: [
      ['text', 'expected'],
      ['A table for two?', 'booking'],
      ['I want my money back', 'complaint'],
    ],
  });
  await drop(page, 'desk.xlsx', workbook);
  await page.getByText('XLSX: 1 rows').waitFor();
  await dialogOf(page).getByRole('combobox', { name: 'Sheet' }).click();
  await page.getByRole('option', { name: 'Cases' }).click();
  await dialogOf(page).getByText('A table for two?').waitFor();
  await dialogOf(page).getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByText('Imported: desk is at version 1 now.').waitFor();
  expect((await stored('desk')).cases.map(({ expected }) => expected)).toEqual(['booking', 'complaint']);
  await page.context().close();
});

it('a file that is broken is refused with its line, its column and what to do', async () => {
  const page = await stage.open(`${sets}?import=true`);
  await drop(page, 'broken.csv', 'text,expected\nfine,yes\n"never closed,no\nlast,yes\n');
  const problems = dialogOf(page).getByRole('alert');
  await problems.getByText('Correct broken.csv, then choose it again.').waitFor();
  expect(await problems.getByRole('row').nth(1).getByRole('cell').allTextContents()).toEqual([
    '3',
    '1',
    expect.stringMatching(/never closed\. Close it/),
  ]);
  expect(await dialogOf(page).getByRole('button', { name: 'Import', exact: true }).isDisabled()).toBe(true);
  await soundIn(page);
  await drop(page, 'photo.png', 'not a table');
  await page.getByText('photo.png is not a kind of file that can be imported.').waitFor();
  await page.context().close();
});

it.each([
  ['en', 'dark', 390],
  ['zh-CN', 'light', 1440],
] as const)('the import is sound in %s, %s, at %i px', async (language, scheme, width) => {
  const page = await stage.open(`${sets}?import=true`, { language, scheme, width });
  await soundIn(page);
  await drop(page, 'more.csv', 'text,expected,long name of a field\nwell,yes,a\nbad,no,b\nwell,no,a\n');
  await page.getByRole('dialog').locator('select').first().waitFor();
  await settled(page);
  await soundIn(page);
  await page.context().close();
});
