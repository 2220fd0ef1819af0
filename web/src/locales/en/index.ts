import type { ResourceLanguage } from 'i18next';

const files = import.meta.glob<ResourceLanguage[string]>('./*.json', { eager: true, import: 'default' });

/** All texts of this language by area: one chunk, loaded when the language is chosen. */
export const texts: ResourceLanguage = Object.fromEntries(
  Object.entries(files).map(([path, content]) => [path.slice(2, -'.json'.length), content]),
);
