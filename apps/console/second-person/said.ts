import { secondPersonWords } from '../words/en/second-person.ts'
import { inLanguage } from '../words/in-language.ts'

export const said = inLanguage({ en: secondPersonWords })
