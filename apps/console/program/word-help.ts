import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete'
import type { EditorState } from '@codemirror/state'
import type { EditorView, Tooltip } from '@codemirror/view'
import { programSchema } from '@laurel/engine'
import { pathAt, placesIn } from './document-places.ts'
import { SchemaWords, type Word } from './schema-words.ts'

let made: SchemaWords | null = null
/** The language's own schema: made when somebody writes first. */
function schemaWords(): SchemaWords {
  made ??= new SchemaWords(programSchema())
  return made
}

/** What may be written where the cursor stands: keys, words of the language, and ids that the document declares. */
export function completeWords({ state, pos, explicit }: CompletionContext): CompletionResult | null {
  const { prefix, before } = textUpTo(state, pos)
  if (/(^|\s)#/.test(prefix)) return null
  const typed = /[\w-]*$/.exec(prefix)?.[0] ?? ''
  if (typed === '' && !explicit) return null
  const from = pos - typed.length
  const { path, key } = pathAt(before, prefix.slice(0, prefix.length - typed.length))
  if (key === null) {
    const keys = schemaWords()
      .keysAt(path)
      .map((word) => optionOf(word, `${word.word}: `))
    const values = schemaWords()
      .valuesAt(path)
      .map((word) => optionOf(word, word.word))
    return { from, options: [...keys, ...values, ...idsAt(state, path)] }
  }
  const place = [...path, key]
  const values = schemaWords()
    .valuesAt(place)
    .map((word) => optionOf(word, word.word))
  return { from, options: [...values, ...idsAt(state, place)] }
}

function idsAt(state: EditorState, path: Parameters<SchemaWords['declaredAt']>[0]): Completion[] {
  const section = schemaWords().declaredAt(path)
  if (section === null) return []
  return [...placesIn(state.doc.toString()).keys()]
    .filter((name) => name.startsWith(`${section}/`))
    .map((name) => ({ label: name.slice(section.length + 1), type: 'constant' }))
}

const optionOf = ({ word, title, description }: Word, apply: string): Completion => ({
  label: word,
  apply,
  detail: title,
  ...(description === '' ? {} : { info: description }),
})

/** What the key under the pointer means. */
export function meaningAt({ state }: EditorView, pos: number): Tooltip | null {
  const { from, text } = state.doc.lineAt(pos)
  const offset = pos - from
  const begin = offset - (/[\w-]*$/.exec(text.slice(0, offset))?.[0].length ?? 0)
  const end = offset + (/^[\w-]*/.exec(text.slice(offset))?.[0].length ?? 0)
  if (begin === end || !/^\s*:/.test(text.slice(end))) return null
  const { path } = pathAt(textUpTo(state, from).before, text.slice(0, begin))
  const word = schemaWords().meaningOf(path, text.slice(begin, end))
  if (word === null) return null
  return { pos: from + begin, end: from + end, above: true, create: () => ({ dom: elementOf(word) }) }
}

function elementOf({ title, description }: Word): HTMLElement {
  const element = document.createElement('div')
  element.className = 'cm-meaning'
  const head = document.createElement('strong')
  head.textContent = title
  element.append(head, description)
  return element
}

function textUpTo(state: EditorState, pos: number): { prefix: string; before: string[] } {
  const line = state.doc.lineAt(pos)
  const before = state.doc.sliceString(0, Math.max(0, line.from - 1)).split('\n')
  return { prefix: line.text.slice(0, pos - line.from), before: line.number === 1 ? [] : before }
}
