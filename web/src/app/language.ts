import i18next, { type ResourceLanguage } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { askIn } from '../api/client.ts';

/** Languages of the pages, each by its own name. */
export const languages = { en: 'English', 'zh-CN': '简体中文' } as const;
export type Language = keyof typeof languages;

const STORED = 'whetstone.language';
const loaders: Record<Language, () => Promise<{ texts: ResourceLanguage }>> = {
  en: () => import('../locales/en/index.ts'),
  'zh-CN': () => import('../locales/zh-CN/index.ts'),
};

const isLanguage = (value: string | null): value is Language => value !== null && value in languages;

/** The language chosen here before, else the browser's first one that there is. */
function preferred(): Language {
  const stored = localStorage.getItem(STORED);
  if (isLanguage(stored)) return stored;
  const wanted = navigator.languages.map((tag) => tag.toLowerCase().split('-')[0]);
  return wanted.find((tag) => tag === 'zh' || tag === 'en') === 'zh' ? 'zh-CN' : 'en';
}

async function load(language: Language): Promise<void> {
  const { texts } = await loaders[language]();
  for (const [area, content] of Object.entries(texts)) i18next.addResourceBundle(language, area, content);
  document.documentElement.lang = language;
  askIn(language);
}

/** Makes the texts ready before the first page is drawn. */
export async function startLanguage(): Promise<void> {
  const language = preferred();
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    defaultNS: 'common',
    resources: {},
    interpolation: { escapeValue: false },
  });
  await load(language);
}

/** Changes the language and remembers it. */
export async function chooseLanguage(language: Language): Promise<void> {
  await load(language);
  await i18next.changeLanguage(language);
  localStorage.setItem(STORED, language);
}

/** The language in use. */
export const languageNow = (): Language => (isLanguage(i18next.language) ? i18next.language : 'en');
