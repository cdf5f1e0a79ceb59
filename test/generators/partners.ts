import type { Program } from '@laurel/engine'
import fc from 'fast-check'

/** The partner of some places (PART-1): what is earned or burnt there is settled, or is not. */
export const partners: fc.Arbitrary<Program['partners']> = fc
  .record({
    settles: fc.constantFrom(
      null,
      { asset: 'points', amount: 100, minor: 80 },
      { asset: 'points', amount: 1, minor: 1 },
      { asset: 'status', amount: 1, minor: 2 },
    ),
    earn: fc.constantFrom(true, true, false),
    burn: fc.constantFrom(true, true, false),
  })
  .map((drawn) => new Map([['ally', { id: 'ally', name: {}, ...drawn }]]))
