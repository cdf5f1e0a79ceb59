import { documentWith, type WrongDocument } from './wrong-document.fixture.ts'

const tickets = (more: string) =>
  documentWith({
    assets: `assets:
  points: { kind: spendable, pending: P14D, expires: never }
  status: { kind: qualifying, expires: never }
  tickets: { kind: tickets, pending: none, expires: { date: 03-31 } }`,
    earn: `earn:
  - { id: base, on: order.paid, give: 1 points, per: 1.00 USD }
  - { id: climb, on: order.paid, give: 1 status, per: 1.00 USD }
  - { id: review, on: activity.review, give: 5 points }
  - { id: lots, on: order.paid, give: 1 tickets, per: order, during: { through: 2026-03-31 } }`,
    more,
  })

export const wrongDraws: readonly WrongDocument[] = [
  {
    code: 'draw-asset',
    text: documentWith({
      more: 'draws: { car: { of: ‸points, window: { from: 2026-03-01, through: 2026-03-31 }, winners: 1 winners, give: 5 points } }',
    }),
    message: 'Entries are tickets, and `points` is of kind spendable',
    instead: 'Draw among an asset of kind: tickets',
  },
  {
    code: 'draw-never-open',
    text: tickets(
      'draws: { car: { of: tickets, window: { from: 2026-03-31, through: ‸2026-03-01 }, winners: 1 winners, give: 5 points } }',
    ),
    message: 'It ends before it begins',
    instead: 'Let `through` be a later day than `from`',
  },
  {
    code: 'draw-of-old-tickets',
    severity: 'warning',
    text: tickets(
      'draws: { car: { of: tickets, window: ‸{ from: 2026-03-01, through: 2026-03-31 }, winners: 1 winners, give: 5 points } }',
    ).replace('{ date: 03-31 }', 'never'),
    message: '`tickets` never lapse: what came before this draw is an entry in it, and will be in the next one',
    instead: 'Let `tickets` lapse with the draw: `expires: { date: 03-31 }`',
  },
  {
    code: 'draw-of-old-tickets',
    severity: 'warning',
    text: tickets(
      'draws: { car: { of: tickets, window: ‸{ from: 2026-05-01, through: 2026-06-30 }, winners: 1 winners, give: 5 points } }',
    ),
    message:
      '`tickets` lapse on 03-31, and the draw closes on 06-30: an entry is what is there at the close, and it stays one in the next draw',
    instead: 'Let `tickets` lapse with the draw: `expires: { date: 06-30 }`',
  },
  {
    code: 'draw-after-closing',
    severity: 'warning',
    text: tickets(`draws: { car: { of: tickets, window: { from: 2026-03-01, through: ‸2026-07-01 }, winners: 1 winners, give: 5 points } }
closing: { notice: 2026-01-01, lastEarn: 2026-05-31, lastBurn: 2026-06-30, left: forfeit }`).replace(
      '{ date: 03-31 }',
      '{ date: 07-01 }',
    ),
    message: 'It ends after the program, and with that all tickets are gone',
    instead: 'Let `through` be no later than `lastBurn` of `closing`',
  },
  {
    code: 'tickets-after-draw',
    severity: 'note',
    text: tickets(
      'draws: { car: { of: tickets, window: { from: 2026-03-01, through: 2026-03-31 }, winners: 1 winners, give: 5 points } }',
    ).replace('through: 2026-03-31', 'through: ‸2026-04-30'),
    message:
      '`lots` gives `tickets` until 2026-04-30, and the last draw of them closes on 2026-03-31: what comes later waits for a draw to be declared',
    instead: 'Let it end with the draw, on 2026-03-31, or declare a later draw',
  },
  {
    code: 'tickets-after-draw',
    severity: 'warning',
    text: tickets(`draws: { car: { of: tickets, window: { from: 2026-03-01, through: 2026-03-31 }, winners: 1 winners, give: 5 points } }
rewards: { more: ‸{ kind: exchange, price: 50 points, gets: 3 tickets } }
closing: { notice: 2026-01-01, lastEarn: 2026-05-31, lastBurn: 2026-06-30, left: forfeit }`),
    message:
      '`more` gives `tickets` until 2026-06-30, and the last draw of them closes on 2026-03-31: what comes later is forfeited at the end',
    instead: 'Let it end with the draw, on 2026-03-31, or declare a later draw',
  },
  {
    code: 'draw-without-tickets',
    severity: 'warning',
    text: tickets(
      'draws: { car: { of: ‸tickets, window: { from: 2026-03-01, through: 2026-03-31 }, winners: 1 winners, give: 5 points } }',
    ).replace('give: 1 tickets', 'give: 1 points'),
    message: 'Nothing gives `tickets`: there is nobody to draw',
    instead: 'Let a rule give it, for instance `give: 1 tickets`',
  },
]
