import { programSchema } from '@laurel/engine'
import { keyMeanings, wordMeanings } from '../packages/engine/program/key-meanings.ts'

/** The parts of a JSON Schema in which keys and words stand. */
interface Node {
  readonly title?: string
  readonly description?: string
  readonly const?: string | number
  readonly properties?: Readonly<Record<string, Node>>
  readonly required?: readonly string[]
  readonly additionalProperties?: Node | false
  readonly items?: Node
  readonly anyOf?: readonly Node[]
  readonly oneOf?: readonly Node[]
  readonly $defs?: Readonly<Record<string, Node>>
}

/** Where a key or a word stands, and what is said of it there. */
export interface Standing {
  readonly text: string
  readonly place: string
  readonly meaning: string
  readonly says: string
  readonly isRequired: boolean
}

/** Every key and every word of the language, wherever it stands. */
export function standings(): { readonly keys: readonly Standing[]; readonly words: readonly Standing[] } {
  const keys: Standing[] = []
  const words: Standing[] = []
  const visit = (node: Node, place: string): void => {
    const { description: says = '' } = node
    if (typeof node.const === 'string' && says !== '') {
      const plain = says.replace(/; what silence means$/, '')
      words.push({
        text: node.const,
        place,
        meaning: wordMeanings[node.const] ?? plain,
        says: plain,
        isRequired: false,
      })
    }
    for (const [key, value] of Object.entries(node.properties ?? {})) {
      const isRequired = node.required?.includes(key) ?? false
      keys.push({ text: key, place, meaning: value.title ?? '', says: value.description ?? '', isRequired })
      visit(value, place === '' ? key : `${place}.${key}`)
    }
    for (const form of [...(node.anyOf ?? []), ...(node.oneOf ?? []), ...(node.items ? [node.items] : [])])
      visit(form, place)
    if (typeof node.additionalProperties === 'object') visit(node.additionalProperties, place)
  }
  const schema = programSchema() as Node
  visit(schema, '')
  for (const [name, node] of Object.entries(schema.$defs ?? {})) visit(node, name)
  return { keys, words }
}

/** One line for each key and each word: the check that none of them means two things. */
export function wordsPage(): string {
  const { keys, words } = standings()
  return [
    '# Every word of the language, and its one meaning',
    '',
    'Made from the schema by `npm run gen`. Each key and each word means one thing, wherever it stands; the key by key detail is in',
    '[the reference](language.md). Tests hold it so: a key without a line here, two keys with the same line, or a word that two',
    'places tell differently without one meaning for both, fail. A key that comes to a new place changes this page.',
    '',
    `## ${Object.keys(keyMeanings).length} keys`,
    '',
    ...table('key', keys),
    '## Words that stand as values',
    '',
    ...table('word', words),
  ].join('\n')
}

function table(head: string, all: readonly Standing[]): string[] {
  const rows = [...Map.groupBy(all, ({ text }) => text)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([text, standing]) => {
      const places = [...new Set(standing.map(({ place }) => (place === '' ? 'the program' : `\`${place}\``)))]
      return `| \`${text}\` | ${standing[0]?.meaning ?? ''} | ${places.join(', ')} |`
    })
  return [`| ${head} | meaning | where |`, '|--|--|--|', ...rows, '']
}
