import { describe, expect, test } from 'vitest'
import { columns, mappingText, openCommandLine, program } from './command-line.fixture.ts'

// Twenty members who come each week and twenty who came once, as a shop has them in a file.
const { run, ask, laurel, data, fileWith } = openCommandLine('insights')

const dayText = (day: number) => new Date(Date.UTC(2026, 0, 5) + day * 86_400_000).toISOString().slice(0, 10)
const lines: string[] = []
for (let member = 0; member < 40; member++) {
  const weeks = member < 20 ? 8 - (member % 5) : 1
  for (let week = 0; week < weeks; week++) {
    lines.push(`${member * 100 + week},${member},A,1,${dayText(member + 7 * week)},${10 + (member % 4)}.00`)
  }
}
const csv = fileWith('orders.csv', [columns, ...lines].join('\n'))
const mapping = fileWith('mapping.yaml', mappingText)

describe('laurel insights', { timeout: 90_000 }, () => {
  test('reads everything, says what can be told and what cannot, and prints each report', () => {
    expect(laurel('publish', program).status).toBe(0)
    expect(laurel('import', csv, '--mapping', mapping).status).toBe(0)
    const unread = laurel('insights', 'retention')
    expect(unread).toMatchObject({
      status: 0,
      document: { asOf: null, reading: expect.stringContaining('Nothing was read') },
    })

    const { status, document, stderr } = laurel('insights', '--until', '2026-03-31')
    expect(status, stderr).toBe(0)
    expect(document.run).toMatchObject({ status: 'done', asOf: '2026-03-31' })
    expect(document.reports).toHaveLength(8)
    const retention = document.reports.find(({ report }: { report: string }) => report === 'retention')
    expect(retention.figures[0]).toMatchObject({ id: 'repeat-rate', value: 0.5 })
    const experiments = document.reports.find(({ report }: { report: string }) => report === 'experiments')
    expect(experiments.tables[0].untold.sentence).toContain('Nobody was ever held out')

    const text = run('insights', 'rfm', '--data', data)
    expect(text).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^Who are our best members[\s\S]*champions +\d/),
    })
    const table = run('insights', 'rfm', '--csv', '--table', 'map', '--data', data)
    expect(table.stdout.split('\r\n')[0]).toBe('recency,frequency,members,spend,segment')
    expect(table.stdout.trimEnd().split('\n')).toHaveLength(26)
    expect(run('insights', 'profit-and-loss', '--margin', '0.4', '--data', data).stdout).toContain(
      'Nothing of the program has a holdout',
    )
  })

  test('says what is asked wrongly', () => {
    const wrong: readonly (readonly [string, readonly string[]])[] = [
      ['Allowed choices are home', ['everything']],
      ['no report is named', ['--csv']],
      ['what the last reading has left', ['rfm', '--until', '2026-03-01']],
      ['a day is written as', ['--until', 'yesterday']],
      ['a share lies between', ['profit-and-loss', '--margin', '40']],
    ]
    for (const [message, args] of wrong) {
      const { status, document } = ask('insights', ...args, '--data', data)
      expect([status, document.error.message]).toEqual([2, expect.stringContaining(message)])
    }
    expect(run('insights', 'rfm', '--csv', '--table', 'none', '--data', data)).toMatchObject({
      ...{ status: 2, stderr: expect.stringContaining('segments, map') },
    })
  })
})
