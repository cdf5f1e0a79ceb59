import { documentWith, type WrongDocument } from './wrong-document.fixture.ts'

const base = '  - { id: base, on: order.paid, give: 1 points, per: 1.00 USD }'
const shop = (more: string, rules = base) =>
  documentWith({
    assets: `assets:
  points: { kind: spendable, pending: none, expires: never, worth: { 100 points: 1.00 USD } }
  status: { kind: qualifying, expires: never }
  stamps: { kind: stamps, pending: none, expires: never }
  stars: { kind: stamps, pending: none, expires: never }`,
    earn: `earn:
${rules}
  - { id: climb, on: order.paid, give: 1 status, per: 1.00 USD }
  - { id: stamp, on: order.paid, give: 1 stamps, per: order }
  - { id: star, on: activity.review, give: 1 stars }`,
    more,
  })

/** Cards and exchanges that are right one by one: ways that lead from an asset back to it, and cards that take the same. */
export const wrongRings: readonly WrongDocument[] = [
  {
    code: 'ring-gains',
    text: shop(`cards:
  c: { of: stamps, full: 1 stamps, give: ‸20 points }
  d: { of: points, full: 10 points, give: 1 stamps }`),
    message: 'A ring: card `c` 1 stamps → 20 points, card `d` 10 points → 1 stamps: each round makes 2 out of one',
    instead: 'Let the round give less than it takes',
  },
  {
    code: 'ring-gains',
    text: shop(`rewards:
  up: { kind: exchange, price: 1 stamps, gets: ‸2 points }
  down: { kind: exchange, price: 1 points, gets: 2 stamps }`),
    message:
      'A ring: reward `up` 1 stamps → 2 points, reward `down` 1 points → 2 stamps: each round makes 4 out of one',
    instead: 'Let the round give less than it takes, or add a cap to a reward in it',
  },
  {
    code: 'ring-gains',
    text: shop(`rewards:
  three-stars: { kind: exchange, price: 2 stamps, gets: ‸3 stars }
  ten-points: { kind: exchange, gets: 10 points }
cards:
  five: { of: stars, full: 5 stars, give: { reward: ten-points } }
  more: { of: points, full: 25 points, give: 10 stamps }`),
    message:
      'A ring: reward `three-stars` 2 stamps → 3 stars, card `five` 5 stars → 10 points, card `more` 25 points → 10 stamps: each round makes 6/5 out of one',
    instead: 'Let the round give less than it takes, or add a cap to a reward in it',
  },
  {
    code: 'ring-gains',
    text: shop(
      `rewards:
  pay: { kind: pay-with-points, least: ‸100 points, step: 100 points }
cards:
  c: { of: stars, full: 10 stars, give: 300 points }`,
      '  - { id: base, on: order.paid, give: 1 points, per: 1.00 USD }\n  - { id: all, on: order.paid, give: 4 stars, per: 1.00 USD, include: [points] }',
    ),
    message:
      'A ring: reward `pay` 100 points → paid with it, rule `all` gives `stars`, card `c` 10 stars → 300 points: each round makes 6/5 out of one',
    instead: 'Let the round give less than it takes, or add a cap to a reward in it',
  },
  {
    code: 'ring-gains',
    text: shop(
      'rewards: { pay: { kind: pay-with-points, least: ‸100 points, step: 100 points } }',
      '  - { id: base, on: order.paid, give: 150 points, per: 1.00 USD, include: [points] }',
    ),
    message:
      'A ring: reward `pay` 100 points → paid with it, rule `base` gives `points`: each round makes 3/2 out of one',
    instead: 'Let the round give less than it takes, or add a cap to a reward in it',
  },
  {
    code: 'cards-share-asset',
    severity: 'warning',
    text: shop(`cards:
  five: { of: stamps, full: 5 stamps, give: 5 points }
  three: { of: ‸stamps, full: 3 stamps, give: 2 points }`),
    message:
      '`five` and `three` take the same `stamps`: `five` comes first where both are full, so what members get depends on how many come at once',
    instead: 'Let each collect an asset of its own, or be for other members',
  },
  {
    code: 'award-endless',
    text: shop(`cards:
  c: { of: stamps, full: 1 stamps, give: ‸10 points }
  d: { of: points, full: 10 points, give: 1 stamps }`),
    message:
      'A ring: card `c` 1 stamps → 10 points, card `d` 10 points → 1 stamps: nothing is lost on the way, and it would never end',
    instead: 'Let the round give less than it takes',
  },
]
