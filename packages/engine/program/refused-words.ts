import type { CST } from 'yaml'
import type { FindingCode } from './finding.ts'

export interface RefusedWord {
  readonly code: FindingCode
  readonly offset: number
  readonly message: string
  readonly instead: string
}

/** One token, or one thing standing at a depth under a key. */
interface Visit {
  readonly token: CST.Token
  readonly depth: number
  readonly key: string
}

/**
 * What YAML offers and the language refuses: directives, tags, anchors, aliases, further documents, and nesting beyond the
 * limit. It walks the tokens with a stack of its own, because their nesting is not bounded yet.
 */
export function refusedWords(tokens: readonly CST.Token[], text: string, depthMax: number): RefusedWord[] {
  const found: RefusedWord[] = []
  const open: Visit[] = []
  let documents = 0
  let tooDeep = false
  const refuse = (code: FindingCode, offset: number, message: string, instead: string) => {
    found.push({ code, offset, message, instead })
  }
  const visitAll = (list: readonly CST.Token[] | undefined, depth: number, key: string) => {
    for (const token of list ?? []) open.push({ token, depth, key })
  }
  for (const token of tokens) open.push({ token, depth: 0, key: '' })

  for (let visit = open.pop(); visit !== undefined; visit = open.pop()) {
    const { token, depth, key } = visit
    switch (token.type) {
      case 'directive':
        refuse('yaml-directive', token.offset, `\`${token.source}\` is a YAML directive`, 'Leave the line out')
        break
      case 'document':
        documents++
        visitAll(token.start, depth, key)
        if (token.value !== undefined) open.push({ token: token.value, depth, key })
        break
      case 'tag':
        refuseTag(token, key)
        break
      case 'anchor':
        refuse(
          'yaml-anchor',
          token.offset,
          `\`${token.source}\` is a YAML anchor`,
          'Write the value out wherever it is used',
        )
        break
      case 'alias':
        refuse('yaml-alias', token.offset, `\`${token.source}\` is a YAML alias`, 'Write the value out here')
        break
      case 'block-scalar':
        visitAll(token.props, depth, key)
        break
      case 'block-map':
      case 'block-seq':
      case 'flow-collection':
        if (depth >= depthMax) {
          if (!tooDeep) {
            const message = `The document is more than ${depthMax} levels deep`
            refuse('document-too-deep', token.offset, message, 'No part of a program needs more than eight')
          }
          tooDeep = true
          break
        }
        for (const item of token.items) {
          visitAll(item.start, depth + 1, key)
          if (item.key) open.push({ token: item.key, depth: depth + 1, key })
          const below = item.key && 'source' in item.key ? item.key.source : key
          visitAll(item.sep, depth + 1, below)
          if (item.value) open.push({ token: item.value, depth: depth + 1, key: below })
        }
        break
    }
  }
  if (documents > 1) {
    const second = tokens.filter((token) => token.type === 'document')[1]
    const message = 'A second document begins here'
    refuse('second-document', second?.offset ?? 0, message, 'Keep one program in a file, without a `---` in between')
  }
  return found.sort((a, b) => a.offset - b.offset)

  // `when: !member.blocked` is the likeliest way to meet a tag: YAML reads the condition as a tag on an empty text.
  function refuseTag(token: CST.SourceToken, key: string): void {
    if (key === 'when' || key === 'lines') {
      const end = text.indexOf('\n', token.offset)
      const line = text.slice(token.offset, end === -1 ? text.length : end)
      const condition = line.replace(/\s+#.*$/, '').replace(/[\s,}]+$/, '')
      const message = 'YAML takes `!` at the beginning for a tag, and the condition for something else'
      const quoted = condition.includes("'") ? JSON.stringify(condition) : `'${condition}'`
      refuse('unquoted-condition', token.offset, message, `Quote it: ${key}: ${quoted}`)
      return
    }
    refuse(
      'yaml-tag',
      token.offset,
      `\`${token.source}\` is a YAML tag`,
      'Leave the tag out: every value is a text with its unit',
    )
  }
}
