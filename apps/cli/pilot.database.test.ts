import { describe, expect, test } from 'vitest'
import { columns, doubleText, mappingText, openCommandLine, program } from './command-line.fixture.ts'

// A pilot as a person begins, widens and stops it, on an embedded PostgreSQL. Each step finds what the last one left.
const { data, run, laurel, fileWith } = openCommandLine('pilot')

const mapping = fileWith('mapping.yaml', mappingText)
const customers = Array.from({ length: 40 }, (_, index) => 100 + index)
const csv = fileWith(
  'orders.csv',
  `${columns}\n${customers.map((id) => `${id},${id},A,1,2026-03-01,10.00`).join('\n')}`,
)

describe('pilot', { timeout: 90_000 }, () => {
  test('PIL-3 begin: a draft for a share, and what is no share is not understood', () => {
    expect(laurel('publish', program).status).toBe(0)
    expect(laurel('import', csv, '--mapping', mapping).status).toBe(0)
    expect(laurel('draft', 'save', 'double', fileWith('double.yaml', doubleText)).status).toBe(0)
    for (const share of ['0', '101', 'half']) {
      expect([share, laurel('pilot', 'begin', 'double', '--share', share).status]).toEqual([share, 2])
    }
    expect(laurel('pilot', 'begin', 'double').status).toBe(2)
    expect(laurel('pilot', 'begin', fileWith('double.yaml', doubleText), '--share', '30')).toMatchObject({
      ...{ status: 2, stderr: expect.stringContaining('draft save NAME FILE') },
    })
    expect(laurel('pilot', 'begin', 'double', '--share', '30', '--holdout', '20%')).toMatchObject({
      ...{ status: 0, document: { pilot: 2, share: 30, holdout: 20, status: 'running', repeated: false } },
    })
    expect(
      laurel('publish', fileWith('other.yaml', doubleText.replace('give: 2 points', 'give: 5 points'))),
    ).toMatchObject({
      ...{
        status: 2,
        document: { error: { message: expect.stringContaining('pilot-running'), given: { pilot: 2 } } },
      },
    })
  })

  test('PIL-2 members and widen: who is where, before and after', () => {
    const armsOf = (...args: string[]) => laurel('pilot', 'members', '2', ...args).document.members
    const before = armsOf()
    expect(before).toHaveLength(customers.length)
    const inIt = before.filter(({ arm }: { arm: string }) => arm === 'pilot')
    expect(armsOf('--arm', 'pilot')).toEqual(inIt)
    const tooMany = laurel('pilot', 'widen', '2', '--share', '90')
    expect(tooMany).toMatchObject({ status: 2, document: { error: { given: { share: 30, most: 80 } } } })
    expect(tooMany.stderr).toMatch(/remedy: .*"most".*\n {2}share: 30\n {2}most: 80\n/)
    expect(laurel('pilot', 'widen', '2', '--share', '60', '--note', 'it goes well')).toMatchObject({
      ...{ status: 0, document: { share: 60, steps: [{}, { version: 3, act: 'widened', note: 'it goes well' }] } },
    })
    expect(laurel('pilot', 'widen', '2', '--share', '60', '--after', '2')).toMatchObject({
      ...{ status: 0, document: { repeated: true } },
    })
    const after = armsOf('--arm', 'pilot')
    expect(after).toEqual(expect.arrayContaining(inIt))
    expect(after.length).toBeGreaterThan(inIt.length)
  })

  test('PIL-5 stop: its members fall back, and the list says so in words', () => {
    expect(laurel('pilot', 'stop', '2', '--note', 'enough')).toMatchObject({
      ...{ status: 0, document: { status: 'stopped', share: 60 } },
    })
    expect(laurel('pilot', 'stop', '2')).toMatchObject({
      ...{ status: 2, document: { error: { message: expect.stringContaining('pilot-over') } } },
    })
    expect(run('pilot', 'list', '--data', data).stdout).toMatch(
      /^pilot 2 {2}stopped, was 60 % of members, 20 % held out/,
    )
    expect(laurel('pilot', 'members', '9')).toMatchObject({ status: 2 })
    expect(laurel('verify', '--decisions')).toMatchObject({ status: 0 })
  })
})
