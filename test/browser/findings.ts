import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/**
 * What axe finds on a page, or within one element of it, with the elements it means. Its "legacy mode" leaves out frames of other origins, and these
 * pages have no frames: the other mode carries every element of every rule into a second page, which takes two to four times as long.
 */
export async function findings(page: Page, within?: string): Promise<string[]> {
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
  const { violations } = await (within === undefined ? axe : axe.include(within)).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}
