import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { formatProgram } from '@laurel/engine'
import type { ReadyProgram } from '@laurel/server'
import { readText } from '../files.ts'
import { copyProgram } from './copy-program.ts'
import { readyNames } from './make-program.ts'
import { namesOfMoney } from './names-of-money.ts'

const readyFolder = fileURLToPath(new URL('../../../programs', import.meta.url))

/** What a shop can begin with, in the order of the page that tells each in a sentence. */
export function readyPrograms(): readonly ReadyProgram[] {
  const page = readText(path.join(readyFolder, 'README.md'))
  const names = new Set(readyNames())
  return [...page.matchAll(/^\| \[([a-z-]+)\]\([a-z-]+\) \| (.+) \|$/gm)].flatMap(([, id = '', sentence = '']) =>
    names.has(id) ? [readyProgramOf(id, sentence)] : [],
  )
}

function readyProgramOf(id: string, sentence: string): ReadyProgram {
  const text = readText(path.join(readyFolder, id, 'program.yaml'))
  const topLevel = (pattern: RegExp) => pattern.exec(text)?.[1] ?? ''
  const own = topLevel(/^currency: (.*)$/m)
  return {
    id,
    name: topLevel(/^name: \{ en: (.+?)(?:, [a-z]{2}: .*)? \}$/m),
    sentence: `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`,
    currency: own,
    zone: topLevel(/^zone: (.*)$/m),
    documentAs: (as) => {
      const copied = copyProgram(text, as)
      return {
        document: formatProgram(copied) ?? copied,
        toReword: as.currency === own ? [] : namesOfMoney(text, own).map(({ text: name }) => name),
      }
    },
  }
}
