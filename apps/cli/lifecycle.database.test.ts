import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { doubleText, openCommandLine, programText } from './command-line.fixture.ts'

// A program from its first version to another program, as a person does it, on an embedded PostgreSQL. Each step finds what
// the last one left.
const { folder, laurel, fileWith } = openCommandLine('lifecycle')

describe('the life of a program', { timeout: 60_000 }, () => {
  test('rollback: the older document counts again, and a version that has begun cannot be withdrawn', () => {
    expect(doubleText).not.toBe(programText)
    expect(laurel('publish', fileWith('first.yaml', programText)).status).toBe(0)
    expect(laurel('publish', fileWith('dearer.yaml', doubleText))).toMatchObject({ document: { version: 2 } })
    expect(laurel('withdraw', '2')).toMatchObject({
      ...{ status: 2, document: { error: { message: expect.stringContaining('version-not-waiting') } } },
    })
    expect(laurel('rollback', '1', '--note', 'too dear', '--after', '2')).toMatchObject({
      ...{ status: 0, document: { repeated: false, versions: [{ version: 3, restores: 1, note: 'too dear' }] } },
    })
    expect(laurel('rollback', '1', '--after', '2')).toMatchObject({ status: 0, document: { repeated: true } })
  })

  test('withdraw: what was set to a day that is to come never begins', () => {
    const set = doubleText.replace('refunds:', 'inForce: { from: 2090-01-01 }\nrefunds:')
    expect(laurel('publish', fileWith('set.yaml', set))).toMatchObject({ document: { version: 4 } })
    expect(laurel('withdraw', '4')).toMatchObject({
      ...{ status: 0, document: { versions: [{ version: 5, restores: 3, withdraws: 4 }] } },
    })
  })

  test('promote: a version leaves with its origin, and no file is written over', () => {
    const file = path.join(folder, 'exported.yaml')
    expect(laurel('promote', '--version', '2', '--to', file)).toMatchObject({
      ...{ status: 0, document: { program: 'point-per-pound', version: 2 } },
    })
    expect(readFileSync(file, 'utf8')).toMatch(/^# Laurel: point-per-pound, version 2\n# SHA-256: [0-9a-f]{64}\n/)
    expect(laurel('promote', '--to', file).status).toBe(2)
  })

  test('publish --as: gives it to another program, which is never done by the way, nor with a changed file', () => {
    const file = path.join(folder, 'exported.yaml')
    expect(laurel('publish', file, '--program-id', 'live')).toMatchObject({
      ...{ status: 2, document: { error: { remedy: expect.stringContaining('--as live') } } },
    })
    const changed = fileWith('changed.yaml', readFileSync(file, 'utf8').replace('give: 2 points', 'give: 9 points'))
    expect(laurel('publish', changed, '--as', 'live')).toMatchObject({
      ...{ status: 2, document: { error: { message: expect.stringContaining('any more') } } },
    })
    expect(laurel('publish', file, '--as', 'live')).toMatchObject({
      status: 0,
      document: {
        program: 'live',
        version: 1,
        note: expect.stringMatching(/^from point-per-pound, version 2, [0-9a-f]{12}$/),
      },
    })
  })

  test('key create --holder: one spelling for one person', () => {
    const made = laurel('key', 'create', '--name', 'desk', '--program-id', 'live', '--holder', 'ada')
    expect(made).toMatchObject({ status: 0, document: { program: 'live' } })
    expect(laurel('key', 'create', '--name', 'desk', '--program-id', 'live', '--holder', 'Ada ').status).toBe(2)
    expect(laurel('key', 'list', '--program-id', 'live').document.keys).toMatchObject([{ name: 'desk', holder: 'ada' }])
  })
})
