import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { main, openCommandLine, program } from './command-line.fixture.ts'

vi.setConfig({ testTimeout: 30_000 }) // each command is a process of its own, half a second of work

const { folder, run: laurel, fileWith } = openCommandLine('program-documents')

describe('laurel check', () => {
  test('a program in order ends with 0, one with errors with 1, one that is not there with 2', () => {
    expect(laurel('check', program)).toMatchObject({ status: 0, stdout: expect.stringContaining('in order') })
    const broken = fileWith('broken.yaml', readFileSync(program, 'utf8').replace('1 points', '1 pints'))
    const { status, stdout } = laurel('check', broken)
    expect(status).toBe(1)
    expect(stdout).toMatch(/broken\.yaml:\d+:\d+ {2}error/)
    expect(laurel('check', path.join(folder, 'none.yaml'))).toMatchObject({ status: 2, stdout: '' })
  })

  test('shows the line with a caret under the place, and below it what would be right', () => {
    const broken = fileWith('typo.yaml', readFileSync(program, 'utf8').replace('give: 1 points', 'give: 1 pints'))
    const lines = laurel('check', broken).stdout.split('\n')
    const at = lines.findIndex((line) => line.includes('give: 1 pints'))
    expect(lines[at]?.indexOf('1 pints')).toBe(lines[at + 1]?.indexOf('^'))
    expect(lines[at + 2]).toBe('    Did you mean `1 points`?')
  })

  test('takes the folder of a program, and says which was meant where there is none', () => {
    const programs = path.dirname(path.dirname(program))
    expect(laurel('check', path.dirname(program)).status).toBe(0)
    const near = laurel('check', path.join(programs, 'punch-cart'))
    expect(near).toMatchObject({ status: 2, stderr: expect.stringContaining('punch-card?') })
    expect(laurel('check', programs)).toMatchObject({ status: 2, stderr: expect.stringContaining('beauty-club') })
    expect(laurel('check', folder)).toMatchObject({ status: 2, stderr: expect.stringContaining('laurel new') })
  })

  test('with --json there is one document, also for a failure', () => {
    expect(JSON.parse(laurel('check', program, '--json').stdout)).toMatchObject({ accepted: true })
    expect(JSON.parse(laurel('check', path.join(folder, 'none.yaml'), '--json').stdout)).toMatchObject({
      error: { exit: 2, message: 'there is no such file or folder' },
    })
  })
})

test('laurel fmt: lays a program out once, and says so without writing where it is asked to', () => {
  const text = readFileSync(program, 'utf8')
  const file = fileWith('loose.yaml', text.replace('per: 1.00 GBP', 'per:    1.00 GBP'))
  expect(laurel('fmt', file, '--check').status).toBe(1)
  expect(laurel('fmt', file).status).toBe(0)
  expect(readFileSync(file, 'utf8')).toBe(text)
  expect(laurel('fmt', file, '--check').status).toBe(0)
  expect(laurel('fmt', fileWith('none.yaml', '- 1')).status).toBe(2)
})

test('laurel explain: says a program in plain sentences, in the language that is asked for', () => {
  const english = laurel('explain', path.dirname(program)).stdout
  expect(english).toContain('How you earn\n- 1 ')
  expect(english).toContain('[')
  const turkish = laurel('explain', program, '--language', 'tr', '--members').stdout
  expect(turkish).toContain('Nasıl kazanırsın')
  expect(turkish).not.toContain('[')
  expect(laurel('explain', program, '--language', 'xx').status).toBe(2)
})

describe('laurel diff', () => {
  const other = () => fileWith('other.yaml', readFileSync(program, 'utf8').replace('per: 1.00 GBP', 'per: 2.00 GBP'))

  test('says what changes, and ends with 1', () => {
    const { status, stdout } = laurel('diff', program, other())
    expect(status).toBe(1)
    expect(stdout).toBe(
      '~ earn.base\n    “base”: 1 point for every £2 you spend. (Until now: £1)\n' +
        '    earn.base.per: 1.00 GBP → 2.00 GBP\n\n1 difference\n',
    )
    expect(laurel('diff', program, other(), '--language', 'de').stdout).toContain('(Bisher: 1')
    expect(JSON.parse(laurel('diff', program, other(), '--json').stdout)).toMatchObject({
      language: 'en',
      differences: [
        {
          path: 'earn.base',
          kind: 'changed',
          changes: [{ path: 'earn.base.per', before: '1.00 GBP', after: '2.00 GBP' }],
        },
      ],
    })
  })

  test('documents that say the same, however they are written, end with 0', () => {
    const loose = fileWith(
      'same.yaml',
      readFileSync(program, 'utf8').replace('per: 1.00 GBP', 'per:   1.00 GBP # dear'),
    )
    expect(laurel('diff', path.dirname(program), loose)).toMatchObject({ status: 0, stdout: 'both say the same\n' })
  })

  test('reads a document through a pipe, on either side', () => {
    const said = laurel('diff', program, other()).stdout
    const piped = (words: string) => {
      const script = `cat "$1" | "$2" "$3" diff ${words}`
      const places = ['sh', other(), process.execPath, main, program]
      return spawnSync('sh', ['-c', script, ...places], { encoding: 'utf8' })
    }
    expect(piped('"$4" /dev/stdin')).toMatchObject({ status: 1, stdout: said })
    expect(piped('/dev/stdin "$1"')).toMatchObject({ status: 0, stdout: 'both say the same\n' })
  })

  test.each([
    ['nothing to compare with', [program], 'there is nothing to compare it with'],
    ['three to compare', [program, program, '--version', '3'], 'there are three to compare'],
    ['a version that is no number', [program, '--version', '0'], 'a version is a number from 1'],
    ['a file that is not there', [program, `${program}x`], 'there is no such file'],
    ['a path through a file', [program, `${program}/orders.ndjson`], 'there is no such file or folder'],
  ])('%s is not understood', (_title, args, said) => {
    expect(laurel('diff', ...args)).toMatchObject({ status: 2, stderr: expect.stringContaining(said) })
  })

  test('a document that does not compile is not understood', () => {
    const pounds = fileWith('pounds.yaml', readFileSync(program, 'utf8').replace('currency: GBP', 'currency: POUNDS'))
    expect(laurel('diff', program, pounds)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('the program cannot be used'),
    })
  })
})

test('laurel new: copies a ready-made program and says what to do next', () => {
  const place = path.join(folder, 'corner-shop')
  const { status, stdout } = laurel('new', place, '--from', 'point-per-pound', '--currency', 'EUR')
  expect(status).toBe(0)
  for (const said of ['a copy of point-per-pound, in order', 'laurel explain', 'laurel test', 'laurel publish']) {
    expect(stdout).toContain(said)
  }
  expect(readFileSync(path.join(place, 'program.yaml'), 'utf8')).toContain('per: 1.00 EUR')
})

test('laurel new: where no scenarios came along, none are to be played', () => {
  const { status, stdout } = laurel('new', path.join(folder, 'yen-back'), '--from', 'cashback', '--currency', 'JPY')
  expect(status).toBe(0)
  expect(stdout).toContain('No scenarios came along')
  expect(stdout).toContain('laurel publish')
  expect(stdout).not.toContain('laurel test')
})
