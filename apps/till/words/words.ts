import type { Words } from './table.ts'

/** Each is loaded only where it is read. */
const tables: Readonly<Record<string, () => Promise<Words>>> = {
  en: async () => (await import('./en.ts')).en,
  tr: async () => (await import('./tr.ts')).tr,
  de: async () => (await import('./de.ts')).de,
  es: async () => (await import('./es.ts')).es,
  ar: async () => (await import('./ar.ts')).ar,
}

/** As each calls itself, so that whoever reads no other finds it. */
export const languages = [
  { language: 'en', name: 'English' },
  { language: 'tr', name: 'Türkçe' },
  { language: 'de', name: 'Deutsch' },
  { language: 'es', name: 'Español' },
  { language: 'ar', name: 'العربية' },
] as const
export type Language = (typeof languages)[number]['language']

const place = 'laurel-language'

/** What was chosen here, else the first language of the browser that there is a table for. */
const language: Language = (() => {
  // Some systems say `en-US@posix`, which no formatter takes.
  const wished = [localStorage.getItem(place) ?? '', ...navigator.languages].map((tag) => tag.slice(0, 2))
  return wished.flatMap((tag) => languages.find((each) => each.language === tag)?.language ?? [])[0] ?? 'en'
})()

export function chooseLanguage(chosen: Language): void {
  localStorage.setItem(place, chosen)
  // All that was said is said anew.
  location.reload()
}

const load = tables[language]
if (load === undefined) throw new Error('invariant: every language has a table')
export const words: Words & { readonly language: Language } = { ...(await load()), language }

document.documentElement.lang = language
document.documentElement.dir = words.direction
