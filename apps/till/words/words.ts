import { type Language, wishedLanguage } from '@laurel/ui'
import type { Words } from './table.ts'

/** Each is loaded only where it is read. */
const tables: Readonly<Record<Language, () => Promise<Words>>> = {
  en: async () => (await import('./en.ts')).en,
  tr: async () => (await import('./tr.ts')).tr,
  de: async () => (await import('./de.ts')).de,
  es: async () => (await import('./es.ts')).es,
  ar: async () => (await import('./ar.ts')).ar,
}

const language = wishedLanguage()
export const words: Words & { readonly language: Language } = { ...(await tables[language]()), language }

document.documentElement.lang = language
document.documentElement.dir = words.direction
