import { conditionWords, FINDING_CODES, programSchema } from '@laurel/engine'

/** The parts of a JSON Schema that the language's own schema uses. */
interface Node {
  readonly $ref?: string
  readonly const?: string | number
  readonly enum?: readonly string[]
  readonly type?: string
  readonly pattern?: string
  readonly examples?: readonly string[]
  readonly description?: string
  readonly properties?: Readonly<Record<string, Node>>
  readonly required?: readonly string[]
  readonly additionalProperties?: Node | false
  readonly propertyNames?: Node
  readonly items?: Node
  readonly anyOf?: readonly Node[]
  readonly oneOf?: readonly Node[]
  readonly maxItems?: number
  readonly maxProperties?: number
  readonly $defs?: Readonly<Record<string, Node>>
}

/** Every key of the language in one page, from the schema that editors use: what it means, and what its silence means. */
export function languageReference(): string {
  const schema = programSchema() as Node
  const definitions = Object.entries(schema.$defs ?? {})
  const sections = Object.entries(schema.properties ?? {}).flatMap(([key, node]) => sectionOf(key, node))
  return [
    '# The program language, key by key',
    '',
    'Made from the schema by `npm run gen`; the guide by example is [language.md](../language.md). A key in bold must be said. Every',
    'other key has a meaning when it is not said, and `laurel check` names the ones that cost money.',
    '',
    '## The program',
    '',
    ...table(schema),
    ...sections,
    '## Parts that stand in many places',
    '',
    ...definitions.flatMap(([name, node]) => [`### ${name}`, '', ...formsTold(node, name)]),
    '## What conditions can see',
    '',
    'Conditions are written in CEL, in quotes where YAML needs them: `order.items >= 3 && "gift" in order.tags`. Money compares with money:',
    '`order.total >= money("30.00")`. Activities bring the facts that `activities` declares: `activity.words >= 30`.',
    '',
    '| fact | what it is |',
    '|--|--|',
    ...Object.entries(conditionWords).flatMap(([owner, facts]) =>
      Object.entries(facts).map(([fact, says]) => `| \`${owner}.${fact}\` | ${says} |`),
    ),
    '',
    'There are also size(), startsWith(), endsWith(), contains(), exists(), all() and exists_one(). No condition calculates, calls',
    'anything outside, or runs without end.',
    '',
    '## What the checker says',
    '',
    `${FINDING_CODES.length} codes; a program with an error cannot be published. A finding names the place, what is wrong and what would be right.`,
    '',
    FINDING_CODES.map((code) => `\`${code}\``).join(' · '),
    '',
  ].join('\n')
}

const hasKeys = (node: Node): boolean => node.properties !== undefined
const formsOf = (node: Node): readonly Node[] =>
  (node.anyOf ?? node.oneOf ?? [node]).flatMap((form) => (form.anyOf || form.oneOf ? formsOf(form) : [form]))

/** A top-level key with what lies below it. */
function sectionOf(key: string, node: Node): string[] {
  const told = formsTold(node, key)
  return told.some((line) => line.startsWith('|')) ? [`## ${key}`, '', `${sentence(node)}.`, '', ...told] : []
}

/** The keys of every form of a value, and of the values below. */
function formsTold(node: Node, at: string): string[] {
  const inner = node.items ?? (typeof node.additionalProperties === 'object' ? node.additionalProperties : undefined)
  if (inner !== undefined && !hasKeys(node)) return innerTold(inner, at, node)
  if (node.$ref !== undefined) return []
  const forms = formsOf(node)
  const maps = forms.filter(hasKeys)
  const other = forms.filter((form) => !hasKeys(form))
  const plain = other.filter((form) => form.items === undefined).map((form) => valueText(form) || 'A text')
  if (maps.length === 0 && node.examples !== undefined) return [`${valueText(node)}.`, '']
  const words = plain.join(', ')
  const head = plain.length === 0 ? [] : [maps.length > 0 ? `${words}, or a map:` : `${words}.`, '']
  const told = [...head, ...mapsTold(maps, at)]
  const lists = other.flatMap((form) => (form.items === undefined ? [] : listTold(form, form.items, told, at)))
  return [...told, ...lists]
}

function mapsTold(maps: readonly Node[], at: string): string[] {
  if (maps.length > 1 && maps.every(isSmall)) return ['One of these:', '', ...table(merged(maps))]
  if (maps.length > 3) return kindsTold(maps, at)
  return maps.flatMap((form) => [...labelled(form, maps), ...table(form), ...below(form, at)])
}

/** A list of what was just told is not told again. */
function listTold(form: Node, items: Node, told: readonly string[], at: string): string[] {
  if (formsTold(items, at).join() !== told.join()) return formsTold(form, at)
  return [`Or a list of them${form.maxItems === undefined ? '' : `, at most ${form.maxItems}`}.`, '']
}

/** Forms of one key are told in one table. */
const isSmall = ({ properties = {} }: Node): boolean =>
  Object.keys(properties).filter((key) => key !== 'of').length === 1
const merged = (maps: readonly Node[]): Node => ({
  properties: Object.fromEntries(maps.flatMap(({ properties = {} }) => Object.entries(properties))),
  required: [],
})

function innerTold(inner: Node, at: string, { items, maxItems, maxProperties }: Node): string[] {
  if (inner.$ref !== undefined) return []
  const told = formsTold(inner, at)
  if (told.length === 0) return []
  const most = maxItems ?? maxProperties
  const what = items === undefined ? 'A map by your own ids' : 'A list, in which the order means something'
  return [`${what}${most === undefined ? '' : `, at most ${most}`}.`, '', ...told]
}

/** Many kinds of one thing: what most of them can say once, then what each says beside. */
function kindsTold(maps: readonly Node[], at: string): string[] {
  const keys = [...new Set(maps.flatMap((form) => Object.keys(form.properties ?? {})))].filter((key) => key !== 'kind')
  const shared = new Map(
    keys.flatMap((key) => {
      const [most, times] = commonest(maps.flatMap((form) => form.properties?.[key] ?? []))
      return times * 2 > maps.length ? [[key, most] as const] : []
    }),
  )
  const common: Node = { properties: Object.fromEntries(shared), required: [] }
  const each = maps.flatMap((form) => {
    const own = Object.entries(form.properties ?? {}).filter(
      ([key, node]) => key !== 'kind' && !same(shared.get(key), node),
    )
    const part: Node = { properties: Object.fromEntries(own), required: form.required ?? [] }
    const missing = [...shared.keys()].filter((key) => form.properties?.[key] === undefined)
    const without = missing.length === 0 ? [] : [`Without ${missing.map((key) => `\`${key}\``).join(', ')}.`, '']
    return [...labelled(form, maps), ...table(part), ...without, ...below(part, at)]
  })
  return shared.size === 0 ? each : ['What all can say, or most:', '', ...table(common), ...below(common, at), ...each]
}

function commonest(nodes: readonly Node[]): readonly [node: Node, times: number] {
  const times = (node: Node) => nodes.filter((other) => same(node, other)).length
  const [first = {}] = nodes.toSorted((a, b) => times(b) - times(a))
  return [first, times(first)]
}

const same = (a: Node | undefined, b: Node | undefined): boolean => JSON.stringify(a) === JSON.stringify(b)

/** What tells one form from the others: its kind, or the first key that only it must have. */
function labelled(form: Node, maps: readonly Node[]): string[] {
  if (maps.length < 2) return []
  const kind = form.properties?.['kind']
  const [word] = kind === undefined ? [] : wordsOf(kind)
  if (word !== undefined) return [`**\`kind: ${word.const}\`** ${word.description ?? ''}.`, '']
  const own = form.required?.find((key) => maps.every((other) => other === form || !other.required?.includes(key)))
  return own === undefined ? [] : [`**With \`${own}\`**`, '']
}

/** What lies below the keys of one map. */
function below(form: Node, at: string): string[] {
  return Object.entries(form.properties ?? {}).flatMap(([key, node]) => {
    const path = `${at}.${key}`
    const told = node.$ref === undefined && !isWords(node) ? formsTold(node, path) : []
    return told.some((line) => line.startsWith('|')) ? [`### ${path}`, '', ...told] : []
  })
}

function table(node: Node): string[] {
  const rows = Object.entries(node.properties ?? {}).map(([key, value]) => {
    const name = node.required?.includes(key) ? `**\`${key}\`**` : `\`${key}\``
    return `| ${name} | ${cell(sentence(value))} | ${cell(valueText(value))} |`
  })
  return rows.length === 0 ? [] : ['| key | meaning | value |', '|--|--|--|', ...rows, '']
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ')

/** The description without its example: that is a value. */
const sentence = ({ description = '' }: Node): string => description.split('. For instance: ')[0] ?? ''
const exampleOf = ({ description = '' }: Node): string | undefined => description.split('. For instance: ')[1]

const wordsOf = (node: Node): readonly Node[] => formsOf(node).filter((form) => form.const !== undefined)
const isWords = (node: Node): boolean => formsOf(node).every((form) => form.const !== undefined)

/** What may stand there: words with their meaning, a part told elsewhere, or an example. */
function valueText(node: Node): string {
  const words = new Set(wordsOf(node).map(({ const: word, description }) => `\`${word}\` ${description ?? ''}`.trim()))
  const parts = formsOf(node).flatMap(({ $ref }) => ($ref === undefined ? [] : [partOf($ref)]))
  const said = exampleOf(node)
  const [kept] = node.examples ?? []
  const example = said !== undefined ? `\`${said}\`` : kept !== undefined ? `${sentence(node)}: \`${kept}\`` : null
  return [...words, ...new Set(parts), ...(example === null || isSaid(example, node) ? [] : [example])].join('; ')
}

/** An example that is one of the words is told with them. */
const isSaid = (example: string, node: Node): boolean =>
  wordsOf(node).some(({ const: word }) => example.endsWith(`: ${word}\``) || example.endsWith(`[${word}]\``))

const partOf = (reference: string): string => {
  const name = reference.replace('#/$defs/', '')
  return `[${name}](#${name.toLowerCase()})`
}
