import { expect, test } from 'vitest'
import { seeded } from '../numbers/seeded.fixture.ts'
import { told } from '../told.fixture.ts'
import { type BgNbd, fitBgNbd } from './bg-nbd.ts'
import { gatherHistories } from './histories.ts'
import { bgNbdShop } from './shops.fixture.ts'

test('BG/NBD of a million members with at most 250,000 distinct histories takes less than a minute of one core', () => {
  const truth: BgNbd = { type: 'bg-nbd', r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 }
  const shop = bgNbdShop(seeded(51), truth, 1_000_000, { weeks: 52, heldOut: 0 })
  const histories = told(gatherHistories(shop))
  expect(histories.x.length).toBeGreaterThan(100_000)
  expect(histories.x.length).toBeLessThanOrEqual(250_000)

  const before = process.cpuUsage()
  const fit = fitBgNbd(shop)
  const { user, system } = process.cpuUsage(before)
  const seconds = (user + system) / 1e6
  expect(seconds).toBeLessThan(60)
  if (fit.type === 'untold') throw new Error(fit.sentence)
  for (const name of ['r', 'alpha', 'a', 'b'] as const) {
    expect(Math.abs(fit.model[name] - truth[name]), name).toBeLessThan(3 * (fit.errors[name] ?? 0))
  }
})
