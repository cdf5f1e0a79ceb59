import { hash } from 'node:crypto'
import { canonicalProgram, compileProgram } from '@laurel/engine'
import { describe, expect, test } from 'vitest'
import { originOf, promotedText, renamed } from './promoted-program.ts'

const document = `laurel: 1
# id: club
id: club # the club of the idle
name: { en: The club }
zone: Europe/London
currency: GBP
refunds: { shortfall: debt }
`
const origin = { program: 'club', version: 3, hash: hash('sha256', canonicalProgram(document) ?? '') }

describe('a promoted program', () => {
  test('says where it comes from, and is still the document', () => {
    const text = promotedText(origin, document)
    expect(originOf('f', text)).toEqual(origin)
    expect(canonicalProgram(text)).toBe(canonicalProgram(document))
    expect(promotedText({ ...origin, version: 4 }, text)).toBe(promotedText({ ...origin, version: 4 }, document))
  })

  test('may be laid out anew, but not be changed', () => {
    const text = promotedText(origin, document)
    expect(originOf('f', `${text}# seen by staff\n`)).toEqual(origin)
    const changed = text.replace('debt', 'waive')
    expect(() => originOf('f', changed)).toThrow('is not version 3 of club any more')
    // The command that writes such a file: `laurel export` writes the books.
    expect(() => originOf('f', changed)).toThrow(
      expect.objectContaining({ remedy: expect.stringContaining('"laurel promote --version 3 --to FILE"') }),
    )
  })

  test('a document that somebody wrote has no origin', () => {
    expect(originOf('f', document)).toBeNull()
    expect(originOf('f', `# Laurel: club\n${document}`)).toBeNull()
  })
})

describe('the document of another program', () => {
  const inJson =
    '{"laurel": 1, "name": {"en": "club"}, "zone": "UTC", "currency": "GBP", "id": "club", "refunds": {"shortfall": "debt"}}'

  test.each([
    ['YAML', document],
    ['YAML with an origin', promotedText(origin, document)],
    ['JSON', inJson],
  ])('differs in nothing but its id: %s', (_, text) => {
    const live = renamed('f', text, 'club-live')
    const { program } = compileProgram(live, { version: 1, hash: '' })
    const { program: was } = compileProgram(text, { version: 1, hash: '' })
    expect(program).toEqual({ ...was, id: 'club-live' })
    expect(live.replace('club-live', 'club')).toBe(text)
  })

  test.each(['', 'Club Live', 'a: b', '../x'])('no other thing is slipped in with an id: %j', (id) => {
    expect(() => renamed('f', document, id)).toThrow('is no id of a program')
  })
})
