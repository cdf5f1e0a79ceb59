import { documentWith, type WrongDocument, withReward } from './wrong-document.fixture.ts'

const given = (reward: string, more = '', tree = 'treat') =>
  withReward(reward, `cards: { ten: { of: points, full: 10 points, give: { reward: ${tree} } } }${more}`)

/** Rewards that are given, not bought: some are nothing then, and some say what nobody asks for. */
export const wrongAwards: readonly WrongDocument[] = [
  {
    code: 'award-gives-nothing',
    text: given('kind: donation, charity: green-city', '\ncharities: { green-city: {} }', '‸treat'),
    message: 'What the charity gets for `treat` is not said: given, nothing would come of it',
    instead: 'Add `value` to `treat`, what the charity gets each time, for instance value: 3.00 USD',
  },
  {
    code: 'award-gives-nothing',
    text: given('kind: pay-with-points, least: 20 points, step: 20 points', '', '‸treat'),
    message: '`treat` is a way to pay: there is nothing of it to give',
    instead: 'Write 20 points in its place: members pay with those',
  },
  {
    code: 'award-gives-nothing',
    text: given(
      'kind: exchange, partner: spa, gets: 5 stars, price: 50 points',
      '\npartners: { spa: { settles: { 100 points: 1.00 USD }, earn: no, burn: yes } }',
      '‸treat',
    ),
    message: '`treat` is the partner’s, who is paid out of its price: given, nothing would come of it',
    instead: 'Write 50 points in its place: members take it for those',
  },
  {
    code: 'award-gives-nothing',
    text: documentWith({
      earn: `earn:
  - { id: base, on: order.paid, give: 1 points, per: 1.00 USD }
  - { id: climb, on: order.paid, give: 1 status, per: 1.00 USD }
  - { id: review, on: activity.review, give: { reward: ‸night } }`,
      rewards:
        'rewards: { night: { kind: experience, sessions: [{ id: may, starts: 2027-05-02T18:00, seats: 2 seats }] } }',
    }),
    message: '`night` is a seat that members book themselves: given, it would be of no session',
    instead: 'Add `price` to `night`, and give in its place what it costs',
  },
  {
    code: 'limit-not-of-awards',
    text: given('kind: product, sku: MUG, for: ‸{ tier: [gold] }, cap: { most: 1 times, each: ever }'),
    message: '`for` and `cap` bind whoever takes it for its price, and `treat` has none: it is given all the same',
    instead: 'Say it where `treat` is given, or leave it out',
  },
  {
    code: 'limit-not-of-awards',
    severity: 'warning',
    text: given('kind: product, sku: MUG, price: 50 points, during: ‸{ days: [monday] }'),
    message: '`during` binds whoever takes it for its price; where `treat` is given it is given all the same',
    instead: 'Say it where `treat` is given as well, or give another reward, without a price',
  },
  {
    code: 'charity-without-worth',
    text: withReward(
      'kind: donation, charity: green-city, price: ‸none, cap: { most: 1 times, each: ever }',
      'charities: { green-city: {} }',
    ),
    message: 'What the charity gets is the worth of the price, and there is none: it would get nothing',
    instead: 'Write what it costs, or leave `price` out and give it, with `value`',
  },
  {
    code: 'donation-worth-twice',
    text: given(
      'kind: donation, charity: green-city, price: 50 points, value: ‸3.00 USD',
      '\ncharities: { green-city: {} }',
    ),
    message: 'The charity gets what the price is worth, be it bought or given, and `value` says another worth',
    instead: 'Leave it out, or leave `price` out',
  },
  {
    code: 'gift-zero',
    text: given('kind: donation, charity: green-city, value: ‸0.00 USD', '\ncharities: { green-city: {} }'),
    message: 'The charity would get nothing',
    instead: 'Write more than nothing, or leave it out',
  },
]
