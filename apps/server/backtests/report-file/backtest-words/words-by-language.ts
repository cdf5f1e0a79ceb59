import type { Language } from '@laurel/engine'
import { arabic } from './ar.ts'
import type { BacktestWords } from './backtest-words.ts'
import { german } from './de.ts'
import { english } from './en.ts'
import { spanish } from './es.ts'
import { turkish } from './tr.ts'

export const backtestWords: Readonly<Record<Language, BacktestWords>> = {
  en: english,
  tr: turkish,
  de: german,
  es: spanish,
  ar: arabic,
}
