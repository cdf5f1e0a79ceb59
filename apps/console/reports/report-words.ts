import { reportWords } from '../words/en/reports.ts'
import { inLanguage } from '../words/in-language.ts'

export const said = inLanguage({ en: reportWords })

/** What stands under a name that only the server knows, if anything does. */
export const wordIn = (table: Readonly<Record<string, string>>, name: string): string | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined
