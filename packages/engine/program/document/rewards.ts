import { suggestion } from '../nearest.ts'
import { id, label, right, scalar, word, wrong } from '../scalar.ts'
import { amount, money, percent } from '../scalar-amount.ts'
import { listOf, mapOf, mapped, optional, type Reading, record, required, type Shape, type ValueOf } from '../shape.ts'
import { childOf, type Tree } from '../syntax-tree.ts'
import { texts, worth } from './assets.ts'
import { audience, during } from './audience.ts'
import { conditionText } from './condition-text.ts'

// A catalogue that is larger lives in a shop; members of a program choose among what fits a page or ten.
const REWARDS_MAX = 1000

const offered = {
  name: optional(texts, 'What members read, by language', '{ en: Ten off }'),
  for: optional(audience, 'Only for these members', '{ tier: [gold] }'),
  when: optional(conditionText, 'A condition on the member', `'"vip" in member.tags'`),
  during: optional(during, 'Only in this time', '{ from: 2026-03-01, through: 2026-03-31 }'),
}

const priced = {
  ...offered,
  price: required(amount, 'What it costs', '500 points'),
  priceFor: optional(
    listOf(
      record('a price', {
        for: required(audience, 'Whom it is for; of several the first that holds counts', '{ tier: [gold] }'),
        price: required(amount, 'What it costs them', '400 points'),
      }),
      20,
    ),
    'Other prices for some members',
    '[{ for: { tier: [gold] }, price: 400 points }]',
  ),
}
const kindOf = (kind: string, says: string) =>
  required(word('the kind of a reward', { [kind]: says }), 'What it is', kind)

const kinds = {
  'money-off': mapped(
    record('a reward', {
      kind: kindOf('money-off', 'So much money off'),
      value: required(money, 'How much money off', '10.00 USD'),
      ...priced,
    }),
    (reward) => ({ ...reward, type: 'money-off' as const }),
  ),
  'percent-off': mapped(
    record('a reward', {
      kind: kindOf('percent-off', 'A percentage off'),
      value: required(percent, 'How much off', '10%'),
      ...priced,
    }),
    (reward) => ({ ...reward, type: 'percent-off' as const }),
  ),
  'free-shipping': mapped(
    record('a reward', { kind: kindOf('free-shipping', 'Shipping costs nothing'), ...priced }),
    (reward) => ({ ...reward, type: 'free-shipping' as const }),
  ),
  product: mapped(
    record('a reward', {
      kind: kindOf('product', 'A product of the shop'),
      sku: required(label, 'The number under which the shop knows it', 'BDAY-26'),
      ...priced,
    }),
    (reward) => ({ ...reward, type: 'product' as const }),
  ),
  custom: mapped(
    record('a reward', { kind: kindOf('custom', 'Something that people of the shop see to'), ...priced }),
    (reward) => ({ ...reward, type: 'custom' as const }),
  ),
  'pay-with-points': mapped(
    record('a reward', {
      kind: kindOf('pay-with-points', 'The member says how much, and pays that part of an order'),
      ...offered,
      least: required(amount, 'The least that can be spent at once', '100 points'),
      most: optional(amount, 'The most that can be spent at once', '10000 points'),
      step: required(amount, 'It is spent in multiples of this', '100 points'),
      worth: optional(worth, 'What it pays; silence means what the asset is worth', '{ 100 points: 1.00 USD }'),
    }),
    (reward) => ({ ...reward, type: 'pay-with-points' as const }),
  ),
}
type Kinds = typeof kinds
export type RewardText = { [Kind in keyof Kinds]: ValueOf<Kinds[Kind]> }[keyof Kinds]

const laterKinds = new Set(['gift-card', 'experience', 'access', 'donation', 'transfer', 'draw-entry'])

/** Reads the word under `kind`, so that the rest is read as that kind says. */
const kindWord = scalar<keyof Kinds>({
  name: 'the kind of a reward',
  example: 'money-off',
  schema: { enum: Object.keys(kinds) },
  parse(text) {
    const found = (Object.keys(kinds) as (keyof Kinds)[]).find((kind) => kind === text)
    if (found !== undefined) return right(found)
    const known = Object.keys(kinds)
    return laterKinds.has(text)
      ? wrong(
          'not-in-this-release',
          `Rewards of kind \`${text}\` are not in this release`,
          `Choose one of: ${known.join(', ')}`,
        )
      : wrong('unknown-word', `There is no kind of reward \`${text}\``, suggestion(text, known, ''))
  },
  print: (value) => value,
})

const shapeOf = (kind: keyof Kinds): Shape<RewardText> => kinds[kind]

const reward: Shape<RewardText> = {
  read(tree, reading) {
    const kind = tree.type === 'map' ? childOf(tree, 'kind') : undefined
    // Without a kind: `custom` has the keys that all kinds share, and says that `kind` is missing.
    if (kind === undefined) return shapeOf('custom').read(tree, reading)
    const found = kindWord.read(kind, reading)
    return found === undefined ? undefined : shapeOf(found).read(tree, reading)
  },
  canonical: (tree, reading) => {
    const found = kindIn(tree, reading)
    return found === undefined ? {} : shapeOf(found).canonical(tree, reading)
  },
  schema: (definitions) => ({ oneOf: Object.values(kinds).map((shape) => shape.schema(definitions)) }),
}

function kindIn(tree: Tree, reading: Reading): keyof Kinds | undefined {
  const kind = tree.type === 'map' ? childOf(tree, 'kind') : undefined
  return kind === undefined ? undefined : kindWord.read(kind, reading)
}

export const rewards = mapOf(id, reward, REWARDS_MAX)
