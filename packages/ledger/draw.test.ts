import { describe, expect, test } from 'vitest'
import {
  type DrawEntry,
  type DrawRecord,
  drawDisagreements,
  drawRecordOf,
  drawWinners,
  entriesHashOf,
  inDrawOrder,
  seedHashOf,
} from './draw.ts'

const seed = `${'00'.repeat(31)}2a`
const entries: readonly DrawEntry[] = inDrawOrder([
  { entrant: 'cc', tickets: 5 },
  { entrant: 'aa', tickets: 1 },
  { entrant: 'bb', tickets: 3 },
])

const record = (parts: Partial<DrawRecord> = {}): DrawRecord => ({
  format: 'laurel-draw/1',
  program: 'club',
  draw: 'spring-car',
  winners: 2,
  seedHash: seedHashOf(seed),
  seed,
  entriesHash: entriesHashOf(entries),
  entries,
  drawn: drawWinners(seed, entries, 2),
  ...parts,
})

describe('GAME-2', () => {
  test('the same seed and entries draw the same winners, each once', () => {
    const drawn = drawWinners(seed, entries, 3)
    expect(drawn).toEqual(drawWinners(seed, entries, 3))
    expect(drawn.toSorted()).toEqual(['aa', 'bb', 'cc'])
    expect(drawWinners(seed, entries, 10)).toEqual(drawn)
    expect(drawWinners(seed, [], 3)).toEqual([])
  })

  test('a published draw is run again, and every change of it shows', () => {
    expect(drawDisagreements(record())).toEqual([])
    const other = entries.map((entry) => (entry.entrant === 'aa' ? { ...entry, tickets: 2 } : entry))
    expect(drawDisagreements(record({ entries: other }))).toContain(
      'the entries are not those whose hash was published',
    )
    expect(drawDisagreements(record({ seed: 'ff'.repeat(32) }))).toContain(
      'the seed is not the one that was promised: its hash is another',
    )
    expect(drawDisagreements(record({ drawn: ['aa', 'zz'] })).join()).toContain('drawn again the winners are')
    const disordered = entries.toReversed()
    expect(drawDisagreements(record({ entries: disordered, entriesHash: entriesHashOf(disordered) }))).toContain(
      'the entries are not in the order of their entrants, each once',
    )
  })

  test('tickets are equally likely: over 4,000 seeds each entrant wins its share', () => {
    const wins = new Map<string, number>()
    for (let i = 0; i < 4000; i++) {
      const [first = ''] = drawWinners(i.toString(16).padStart(64, '0'), entries, 1)
      wins.set(first, (wins.get(first) ?? 0) + 1)
    }
    // Four standard deviations of a share of 4,000 draws.
    for (const { entrant, tickets } of entries) {
      const share = tickets / 9
      expect(Math.abs((wins.get(entrant) ?? 0) - 4000 * share)).toBeLessThan(4 * Math.sqrt(4000 * share * (1 - share)))
    }
  })

  test.each([
    [null, 'it is no JSON object'],
    [{}, 'its format is not "laurel-draw/1"'],
    [{ ...record(), winners: 0 }, 'winners must be a whole number above zero'],
    [{ ...record(), seed: 'short' }, 'seedHash, seed and entriesHash must be 64 hex digits'],
    [
      { ...record(), entries: [{ entrant: 'aa', tickets: 0 }] },
      'each entry must have an entrant and a number of tickets',
    ],
    [{ ...record(), drawn: [1] }, 'drawn must list entrants'],
    [{ ...record(), draw: 7 }, 'program and draw must be texts'],
  ])('what is no record of a draw is named: %#', (value, why) => {
    expect(drawRecordOf(value)).toBe(why)
  })

  test('a record survives JSON', () => {
    expect(drawRecordOf(JSON.parse(JSON.stringify(record())))).toEqual(record())
  })
})
