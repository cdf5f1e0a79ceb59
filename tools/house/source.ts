import { parseSync, Visitor } from 'oxc-parser'

/** A file of the repository: its path from the root, with forward slashes, and its text. */
export type File = { path: string; text: string }

export type Import = { specifier: string; typeOnly: boolean; names: string[] | 'all' }
export type Export = { name: string; typeOnly: boolean; isFunction: boolean }
export type TestCall = { title: string; modifiers: string[] }

/** What the rules need to know of one TypeScript or JavaScript file. */
export type Source = File & {
  imports: Import[]
  exports: Export[]
  /** Every use of a name, with the member it was asked for: `Date`, `Math.random`, `.localeCompare`. */
  uses: Set<string>
  isAsync: boolean
  /** Whether it exports what another file says: `export … from`. */
  handsOn: boolean
  tests: TestCall[]
  /** Relative paths in plain strings: a worker, a child process, a module asked for by address. */
  mentionedPaths: string[]
}

const sourceEnding = /\.(tsx?|mjs|js)$/
const testRoots = new Set(['test', 'it', 'describe', 'suite'])

export const isSource = (path: string) => sourceEnding.test(path)
export const isTest = (path: string) => /\.test\.ts$/.test(path)
/** Tests and what only tests use: `*.test.ts`, `*.fixture.ts` beside them, everything under `test/`. */
export const isForTests = (path: string) => isTest(path) || /\.fixture\.ts$/.test(path) || path.startsWith('test/')

export function sourcesOf(files: readonly File[]): Source[] {
  return files.filter((file) => isSource(file.path)).map(sourceOf)
}

const parsed = new WeakMap<File, Source>()

export function sourceOf(file: File): Source {
  const known = parsed.get(file)
  if (known !== undefined) return known
  const source = parse(file)
  parsed.set(file, source)
  return source
}

function parse(file: File): Source {
  const result = parseSync(file.path, file.text)
  const syntaxError = result.errors.find((error) => error.severity === 'Error')
  if (syntaxError !== undefined) throw new Error(`${file.path} does not parse: ${syntaxError.message}`)
  const source: Source = {
    ...file,
    imports: importsOf(result.module, file.text),
    exports: [],
    uses: new Set(),
    isAsync: false,
    handsOn: result.module.staticExports.some(({ entries }) => entries.some((entry) => entry.moduleRequest !== null)),
    tests: [],
    mentionedPaths: [],
  }
  const functions = new Set<string>()
  visit(result.program, source, functions)
  source.exports = exportsOf(result.module, functions)
  return source
}

type Parsed = ReturnType<typeof parseSync>
type Program = Parsed['program']

function importsOf(module: Parsed['module'], text: string): Import[] {
  const imports: Import[] = module.staticImports.map((found) => ({
    specifier: found.moduleRequest.value,
    typeOnly: found.entries.length > 0 && found.entries.every((entry) => entry.isType),
    names: found.entries.some((entry) => entry.importName.kind === 'NamespaceObject')
      ? 'all'
      : found.entries.map((entry) => entry.importName.name ?? 'default'),
  }))
  for (const statement of module.staticExports) {
    for (const entry of statement.entries) {
      if (entry.moduleRequest === null) continue
      const name = entry.importName.kind === 'Name' ? entry.importName.name : null
      imports.push({
        specifier: entry.moduleRequest.value,
        typeOnly: entry.isType,
        names: name === null ? 'all' : [name],
      })
    }
  }
  for (const found of module.dynamicImports) {
    const literal = /^['"`]([^'"`$]+)['"`]$/.exec(text.slice(found.moduleRequest.start, found.moduleRequest.end))
    if (literal?.[1] !== undefined) imports.push({ specifier: literal[1], typeOnly: false, names: 'all' })
  }
  return imports
}

function exportsOf(module: Parsed['module'], functions: ReadonlySet<string>): Export[] {
  return module.staticExports
    .flatMap((statement) => statement.entries)
    .filter((entry) => entry.moduleRequest === null)
    .map((entry) => {
      const local = entry.localName.name ?? ''
      return {
        name: entry.exportName.kind === 'Default' ? 'default' : (entry.exportName.name ?? local),
        typeOnly: entry.isType,
        isFunction: functions.has(local),
      }
    })
}

/** The syntax tree is walked by shape alone: the rules ask about a few kinds of node and are deaf to the rest. */
type Node = { type: string; [key: string]: unknown }

function visit(program: Program, source: Source, functions: Set<string>) {
  // The name after a dot or before a colon is not a use of a global of that name.
  const names = new Set<unknown>()
  const own = (key: Node | null | undefined, computed: unknown) => {
    if (computed !== true) names.add(key)
  }
  new Visitor({
    MemberExpression(node) {
      const member = node as unknown as Node
      own(member['property'] as Node, member['computed'])
      const property = nameOf(member['property'])
      if (property === undefined) return
      source.uses.add(`.${property}`)
      const object = nameOf(member['object'])
      if (object !== undefined) source.uses.add(`${object}.${property}`)
    },
    Property: (node) => own(node.key as unknown as Node, node.computed || node.shorthand),
    PropertyDefinition: (node) => own(node.key as unknown as Node, node.computed),
    MethodDefinition: (node) => own(node.key as unknown as Node, node.computed),
    TSPropertySignature: (node) => own(node.key as unknown as Node, node.computed),
    TSMethodSignature: (node) => own(node.key as unknown as Node, node.computed),
    Identifier(node) {
      if (!names.has(node)) source.uses.add(node.name)
    },
    FunctionDeclaration(node) {
      if (node.id !== null) functions.add(node.id.name)
      if (node.async) source.isAsync = true
    },
    FunctionExpression(node) {
      if (node.async) source.isAsync = true
    },
    ArrowFunctionExpression(node) {
      if (node.async) source.isAsync = true
    },
    AwaitExpression() {
      source.isAsync = true
    },
    ForOfStatement(node) {
      if (node.await) source.isAsync = true
    },
    VariableDeclarator(node) {
      const kind = node.init?.type
      if (kind !== 'ArrowFunctionExpression' && kind !== 'FunctionExpression') return
      if (node.id.type === 'Identifier') functions.add(node.id.name)
    },
    CallExpression(node) {
      const call = testCallOf(node as unknown as Node)
      if (call !== undefined) source.tests.push(call)
    },
    Literal(node) {
      const value = node.value
      if (typeof value === 'string' && /^\.\.?\/.*\.(ts|mjs)$/.test(value)) source.mentionedPaths.push(value)
    },
  }).visit(program)
}

/** `test('...')`, `describe.each(table)('...')`, `test.prop([...])('...')`: the words of the title and of the table. */
function testCallOf(call: Node): TestCall | undefined {
  const modifiers: string[] = []
  const words: string[] = []
  let callee = call['callee'] as Node
  while (callee.type !== 'Identifier') {
    if (callee.type === 'CallExpression') {
      words.push(...stringsIn(callee['arguments']))
      callee = callee['callee'] as Node
    } else if (callee.type === 'TaggedTemplateExpression') {
      words.push(...stringsIn(callee['quasi']))
      callee = callee['tag'] as Node
    } else if (callee.type === 'MemberExpression') {
      const modifier = nameOf(callee['property'])
      if (modifier !== undefined) modifiers.push(modifier)
      callee = callee['object'] as Node
    } else return undefined
  }
  if (!testRoots.has(String(callee['name']))) return undefined
  const [title, ...rest] = call['arguments'] as Node[]
  for (const options of rest.filter((argument) => argument.type === 'ObjectExpression')) {
    for (const property of options['properties'] as Node[]) {
      const key = nameOf(property['key'])
      if (key !== undefined) modifiers.push(key)
    }
  }
  return { title: [...stringsIn(title), ...words].join(' '), modifiers }
}

function stringsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(stringsIn)
  if (typeof value !== 'object' || value === null) return []
  const node = value as Node
  switch (node.type) {
    case 'Literal':
      return typeof node['value'] === 'string' ? [node['value']] : []
    case 'TemplateElement':
      return [(node['value'] as { raw: string }).raw]
    case 'ArrowFunctionExpression':
    case 'FunctionExpression':
      return [] // what a test does is not its title
    default:
      return Object.values(node).flatMap(stringsIn)
  }
}

function nameOf(node: unknown): string | undefined {
  const { type, name, value } = (node ?? {}) as Partial<Node>
  if (type === 'Identifier') return String(name)
  if (type === 'Literal' && typeof value === 'string') return value
  return undefined
}
