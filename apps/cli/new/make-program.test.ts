import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { compileProgram, formatProgram } from '@laurel/engine'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { amountCopied, copyProgram } from './copy-program.ts'
import { makeProgram, readyNames } from './make-program.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'laurel-new-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const cafe = { id: 'corner-cafe', name: 'Corner Café', currency: 'EUR', zone: 'Europe/Berlin' }

describe.each(readyNames())('a copy of %s', (name) => {
  const text = readFileSync(path.resolve(import.meta.dirname, '../../../programs', name, 'program.yaml'), 'utf8')

  test.each([
    ['EUR', 'Europe/Berlin'],
    ['KWD', 'Asia/Kuwait'],
  ])('in %s is in order, laid out, and bears its own name', (currency, zone) => {
    const copy = copyProgram(text, { ...cafe, currency, zone })
    const { program, findings } = compileProgram(copy, { version: 1, hash: '' })
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([])
    expect(program).toMatchObject({
      id: 'corner-cafe',
      name: { en: 'Corner Café' },
      zone,
      currency: { code: currency },
    })
    expect(formatProgram(copy)).toBe(copy)
  })

  test('keeps everything that it is not told', () => {
    const [id, title] = [/^id: (.*)$/m.exec(text)?.[1] ?? '', /^name: .*$/m.exec(text)?.[0] ?? '']
    const copy = copyProgram(text, { id, name: 'X', currency: null, zone: null })
    expect(copy).toBe(text.replace(title, 'name: { en: X }'))
  })
})

test('amounts keep their number; without decimals, a hundredth of one stands for one of the other', () => {
  const text = (currency: string, amount: string): string =>
    `laurel: 1\nid: a\nname: { en: A }\nzone: UTC\ncurrency: ${currency}\nper: ${amount} ${currency}\nwhen: 'order.total >= money("${amount}")'\n`
  const copied = (from: string, amount: string, to: string): string =>
    copyProgram(text(from, amount), { ...cafe, currency: to })
  expect(copied('USD', '1.50', 'EUR')).toContain('per: 1.50 EUR\nwhen: \'order.total >= money("1.50")\'')
  expect(copied('USD', '1.50', 'JPY')).toContain('per: 150 JPY\nwhen: \'order.total >= money("150")\'')
  expect(copied('USD', '1.50', 'KWD')).toContain('per: 1.500 KWD')
  expect(copied('JPY', '150', 'USD')).toContain('per: 1.50 USD')
  // Never nothing: what is too small for the other currency is its smallest.
  expect(copied('KWD', '0.001', 'USD')).toContain('per: 0.01 USD')
  expect(copied('KWD', '0.005', 'JPY')).toContain('per: 1 JPY')
})

test('store credit is money, whatever it is called', () => {
  const text =
    'laurel: 1\nid: a\nname: { en: A }\nzone: UTC\ncurrency: KWD\n\nassets:\n  credit:\n    kind: money\n  points:\n    kind: spendable\n\nearn:\n  - { give: 3% credit, most: 2.500 credit, least: 10 points }\n'
  const copy = copyProgram(text, { ...cafe, currency: 'EUR' })
  expect(copy).toContain('{ give: 3% credit, most: 2.50 credit, least: 10 points }')
})

test('a name that YAML would read as something else is quoted', () => {
  const copy = copyProgram('id: a\nname: { en: A }\n', {
    ...cafe,
    name: 'Tom & Jerry: "Best"',
    currency: null,
    zone: null,
  })
  expect(copy).toBe('id: corner-cafe\nname: { en: "Tom & Jerry: \\"Best\\"" }\n')
})

test('writes a folder with program and scenarios, once', async () => {
  const place = path.join(folder, 'corner-cafe')
  const made = await makeProgram(place, 'glow-club', cafe)
  expect(made.findings.filter(({ severity }) => severity === 'error')).toEqual([])
  expect(made.scenarios).toBeGreaterThan(5)
  expect(readFileSync(path.join(place, 'scenarios.md'), 'utf8')).toMatch(/^# Corner Café\n[^$]* EUR/)
  writeFileSync(path.join(place, 'program.yaml'), 'mine')
  await expect(makeProgram(place, 'glow-club', cafe)).rejects.toThrow('nothing is written over')
  expect(readFileSync(path.join(place, 'program.yaml'), 'utf8')).toBe('mine')
})

test('what cannot be is refused before anything is written', async () => {
  const place = path.join(folder, 'never')
  await expect(makeProgram(place, 'glow-clup', cafe)).rejects.toMatchObject({ remedy: 'Did you mean `glow-club`?' })
  await expect(makeProgram(place, 'glow-club', { ...cafe, id: 'Corner Café' })).rejects.toThrow('is no id of a program')
  await expect(makeProgram(place, 'glow-club', { ...cafe, currency: 'EURO' })).rejects.toMatchObject({
    place: '--currency',
    remedy: 'Did you mean `EUR`?',
  })
  await expect(makeProgram(place, 'glow-club', { ...cafe, zone: 'Istanbul' })).rejects.toMatchObject({
    place: '--zone',
    remedy: 'Did you mean `Europe/Istanbul`?',
  })
  expect(existsSync(place)).toBe(false)
})

describe('names that speak of money are to be said anew in another currency', () => {
  const named = (from: string, currency: string) => {
    const place = path.join(folder, `${from}-${currency.toLowerCase()}`)
    return makeProgram(place, from, { ...cafe, currency }).then((made) => ({ place, ...made }))
  }

  test('by the word for the currency and by an amount of the program, each at its line of the copy', async () => {
    const { place, toReword } = await named('quest', 'JPY')
    expect(toReword.map(({ text }) => text)).toEqual(['2 euros off', '2 Euro Nachlass'])
    const lines = readFileSync(path.join(place, 'program.yaml'), 'utf8').split('\n')
    for (const { line, text } of toReword) expect(lines[line - 1]).toContain(text)
    expect((await named('coffee-stars', 'USD')).toReword.map(({ text }) => text)).toContain(
      'Spend 20 in ten days for 60 stars',
    )
  })

  test('and comments and the prose of scenarios, each at its line', async () => {
    const { place, toReword, scenariosToReword } = await named('point-per-dollar', 'EUR')
    const said = (file: string) => readFileSync(path.join(place, file), 'utf8').split('\n')
    const program = said('program.yaml')
    expect(toReword[0]).toMatchObject({ line: 1, text: expect.stringContaining('dollar') })
    for (const { line, text } of toReword) expect(program[line - 1]).toContain(text)
    const page = said('scenarios.md')
    expect(scenariosToReword.map(({ text }) => text).join('\n')).toContain('A dollar is a point')
    for (const { line, text } of scenariosToReword) expect(page[line - 1]).toContain(text)
    const linesOf = (lines: readonly string[]) =>
      lines.flatMap((line, index) => (/dollar|\$/i.test(line) ? [index + 1] : []))
    expect(toReword.map(({ line }) => line)).toEqual(expect.arrayContaining(linesOf(program)))
    expect(scenariosToReword.map(({ line }) => line)).toEqual(linesOf(page))
  })

  test('how amounts are copied is told by one of them', () => {
    const text = 'currency: USD\nper: 5.00 USD\n'
    const told = (currency: string, of = text) => amountCopied(of, { ...cafe, currency })
    expect(told('EUR')).toEqual({ was: '5.00 USD', is: '5.00 EUR', byHundredths: false })
    expect(told('KWD')).toEqual({ was: '5.00 USD', is: '5.000 KWD', byHundredths: false })
    expect(told('JPY')).toEqual({ was: '5.00 USD', is: '500 JPY', byHundredths: true })
    expect(told('JPY', 'currency: KWD\nper: 20.000 KWD\n')).toEqual({
      was: '20.000 KWD',
      is: '2000 JPY',
      byHundredths: true,
    })
    expect(told('USD')).toBeNull()
  })

  test('and none where the currency stays', async () => {
    expect(await named('quest', 'EUR')).toMatchObject({ toReword: [], scenariosToReword: [], amounts: null })
  })
})
