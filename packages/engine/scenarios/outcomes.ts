import { CARD_WAITS } from '../cards/filled.ts'
import { REFUSAL_CODES } from '../event.ts'
import { currencyOf, decimalText, decimalUnits } from '../program/currency.ts'
import { nearestWord } from '../program/nearest.ts'
import type { Program } from '../program/program.ts'
import { NOT_EARNING } from '../rules/found.ts'
import type { Cell, Mistake } from './tables.ts'

/** What a row is said to decide, or did. `text` is canonical, so that equal outcomes are equal texts. */
export interface Outcome {
  readonly who: string
  readonly text: string
}
/** What is expected of a row. `open`: there may be more. */
export interface Expected {
  readonly cell: Cell
  readonly outcomes: readonly Outcome[]
  readonly open: boolean
}

/**
 * Everything that can be said of a decision. `<amount>` is a number and an asset, `<money>` a number and a currency; the others
 * are names of the program or of the scenario.
 */
export const templates = [
  ...['+<amount>', '+<amount> pending', '+<amount> by staff', '+<amount> brought in', '+<amount> for <charity>'],
  ...['-<amount>', '-<amount> pending', '-<amount> lapsed', '-<amount> by staff', '-<amount> for <charity>'],
  ...['-<amount> forfeited', 'earns nothing: <bar>'],
  ...['+<money> for <charity>', '-<money> for <charity>'],
  ...['<amount> owed', '<amount> waived', '<amount> repaid', '<amount> written off'],
  ...['<amount> activated', '<amount> lapsed', '<amount> reinstated', '<amount> forfeited'],
  ...['<amount> held', '<amount> spent', '<amount> released', '<amount> returned'],
  ...['<amount> sent', '<amount> received', '<amount> donated to <charity>'],
  ...[
    '<amount> to partner <partner>',
    '<amount> from partner <partner>',
    'settles <amount> from <partner>',
    'settles <amount> to <partner>',
    'not settled: <amount> at <partner>',
    '<amount> from <name> to <name>',
  ],
  ...['rises to <level>', 'falls to <level>', '<level> at risk'],
  ...['refused: short by <number>', 'refused: <refusal>', 'rejected: <rejection>'],
  ...['voucher <reward>', 'voucher <reward> used', 'voucher <reward> returned', 'voucher <reward> revoked'],
  ...['voucher <reward> expired', 'voucher <reward> donated', 'sold out: <reward>', '<money> left on <reward>'],
  'card <card> waits: <wait>',
  ...['seat <session>', 'waits for <session> as <number>', 'offered <session>', 'seat <session> given back'],
  ...['badge <badge>', 'badge <badge> revoked', 'milestone <milestone>', 'streak <challenge>'],
  ...['challenge <challenge>', 'challenge <challenge> undone'],
  ...['offer <offer>', 'offer <offer> completed', 'offer <offer> undone'],
  ...['membership <plan> starts', 'membership <plan> paid', 'membership <plan> in grace', 'membership <plan> ends'],
  ...['referral of <name> waits', 'referral of <name> to review: <signal>', 'referral of <name> qualified'],
  ...[
    'referral of <name> paid',
    'referral of <name> reversed',
    'referral of <name> rejected',
    'referral of <name> over',
  ],
  ...['wins <draw>', 'rank <number> in <leaderboard>', 'in pool <name>', 'out of pool <name>'],
  ...['merged', 'frozen', 'unfrozen', 'left', 'erased', 'yes', 'no', 'not in force'],
  ...['waits for its order', 'queued <money>', 'queued for want of a price', 'pays back <money>', 'capped <rule>'],
]

/** Said aside: compared only where it is written. */
const asides = [/^settles /, /^not settled: /, /^pays back /, /^capped /]
export const isAside = (text: string): boolean => asides.some((aside) => aside.test(text))

const codes = /^[a-z][a-z-]*$/
/** What a slot may hold; null: whatever it is. */
const knownIn: Readonly<Record<string, (program: Program) => Iterable<string> | RegExp>> = {
  number: () => /^\d+(\.\d+)?$/,
  name: () => /./,
  signal: () => codes,
  rejection: () => codes,
  refusal: () => REFUSAL_CODES,
  bar: () => NOT_EARNING,
  wait: () => CARD_WAITS,
  card: ({ cards }) => cards.keys(),
  level: levelNames,
  rule: () => /./,
  charity: ({ charities }) => charities.keys(),
  partner: ({ partners }) => partners.keys(),
  reward: ({ rewards }) => rewards.keys(),
  badge: ({ badges }) => badges.keys(),
  challenge: ({ challenges }) => challenges.keys(),
  offer: ({ offers }) => offers.keys(),
  plan: ({ memberships }) => memberships.keys(),
  draw: ({ draws }) => draws.keys(),
  leaderboard: ({ leaderboards }) => leaderboards.keys(),
  milestone: ({ challenges }) =>
    [...challenges.values()].flatMap(({ id, milestones }) => milestones.map((milestone) => `${id}/${milestone.id}`)),
  session: ({ rewards }) =>
    [...rewards.values()].flatMap(({ id, kind }) =>
      kind.type === 'experience' ? kind.sessions.map((session) => `${id}/${session.id}`) : [],
    ),
}

/** Levels as scenarios call them: with their ladder where two ladders share the name. */
export function levelNames(program: Program): string[] {
  return program.ladders.flatMap(({ id, levels }) => levels.map((level) => levelName(program, id, level.id)))
}
export function levelName({ ladders }: Program, ladder: string, level: string): string {
  const isShared = ladders.some(({ id, levels }) => id !== ladder && levels.some((other) => other.id === level))
  return isShared ? `${ladder}/${level}` : level
}

/** `33 points`, `5.00 credit`: as outcomes and tables write it. */
export const amountText = (program: Program, asset: string, units: number): string =>
  asset === program.currency.code
    ? moneyText(program, units)
    : `${decimalText(units, scaleOf(program, asset))} ${asset}`
export const scaleOf = ({ assets }: Program, asset: string): number => assets.find(({ id }) => id === asset)?.scale ?? 0
export const moneyText = ({ currency }: Pick<Program, 'currency'>, minor: number): string =>
  `${decimalText(minor, currency.exponent)} ${currency.code}`

/** Reads a cell of what is given; null where it is empty. `members` are the names that may stand before a colon. */
export function readOutcomes(
  cell: Cell,
  program: Program,
  members: ReadonlySet<string>,
  member: string,
  report: (mistake: Mistake) => void,
): Expected | null {
  if (cell.text === '') return null
  const outcomes: Outcome[] = []
  let open = false
  let from = 0
  for (const piece of cell.text.split(',')) {
    const at: Cell = { ...cell, column: cell.column + from + piece.length - piece.trimStart().length }
    from += piece.length + 1
    const text = piece.trim().replaceAll(/\s+/g, ' ')
    if (text === '…' || text === '...') open = true
    else if (text !== 'nothing') outcomes.push(outcomeIn(text, at, program, members, member, report))
  }
  return { cell, outcomes, open }
}

function outcomeIn(
  piece: string,
  at: Cell,
  program: Program,
  members: ReadonlySet<string>,
  member: string,
  report: (mistake: Mistake) => void,
): Outcome {
  const [, before = '', after = ''] = /^([^:]+): (.*)$/.exec(piece) ?? []
  const who = members.has(before) ? before : member
  const said = members.has(before) ? after : piece
  const text = canonicalOf(said, program)
  if (typeof text === 'string') return { who, text }
  report({ line: at.line, column: at.column, ...text })
  return { who, text: said }
}

/** The canonical text of an outcome, or what is wrong with it. */
function canonicalOf(said: string, program: Program): string | Pick<Mistake, 'message' | 'instead'> {
  let wrong: Pick<Mistake, 'message' | 'instead'> | null = null
  for (const template of templates) {
    const values = valuesIn(template, said)
    if (values === null) continue
    const filled = fill(template, values, program)
    if (typeof filled === 'string') return filled
    wrong ??= filled
  }
  if (wrong !== null) return wrong
  const [, sign = '', amount = ''] = /^([+-]?)(\d[\d.]* \S+)/.exec(said) ?? []
  const near = nearestWord(amount === '' ? said : said.replace(sign + amount, `${sign}<amount>`), templates)
  return {
    message: `"${said}" is nothing that is decided`,
    instead:
      near === null
        ? 'docs/scenarios.md lists what can be said'
        : `did you mean "${amount === '' ? near : near.replace('<amount>', amount)}"?`,
  }
}

/** What stands in the slots of a template, in their order; null where the text is another. */
export function valuesIn(template: string, said: string): string[] | null {
  const pattern = template
    .split(/(<\w+>)/)
    .map((part) => {
      if (part === '<amount>') return '(\\S+ [a-z]\\S*)'
      if (part === '<money>') return '(\\S+ [A-Z]{3})'
      return part.startsWith('<') ? '(\\S+)' : part.replaceAll(/[+:]/g, '\\$&')
    })
    .join('')
  return new RegExp(`^${pattern}$`).exec(said)?.slice(1) ?? null
}

function fill(
  template: string,
  values: readonly string[],
  program: Program,
): string | Pick<Mistake, 'message' | 'instead'> {
  let text = ''
  let index = 0
  for (const part of template.split(/(<\w+>)/)) {
    if (!part.startsWith('<')) {
      text += part
      continue
    }
    const value = values[index++] ?? ''
    const slot = part.slice(1, -1)
    const filled = slot === 'amount' || slot === 'money' ? decimalsOf(value, program) : nameOf(slot, value, program)
    if (typeof filled !== 'string') return filled
    text += filled
  }
  return text
}

function nameOf(slot: string, value: string, program: Program): string | Pick<Mistake, 'message' | 'instead'> {
  const known = knownIn[slot]?.(program) ?? /./
  if (known instanceof RegExp) {
    return known.test(value)
      ? value
      : { message: `"${value}" is no ${slot}`, instead: 'docs/scenarios.md lists what can be said' }
  }
  const names = [...known]
  if (names.includes(value)) return value
  const near = nearestWord(value, names)
  const instead =
    near === null
      ? names.length === 0
        ? 'the program has none'
        : `choose one of: ${names.join(', ')}`
      : `did you mean "${near}"?`
  return { message: `there is no ${slot} "${value}"`, instead }
}

/** `5 credit` is `5.00 credit` where credit has two decimals. */
function decimalsOf(text: string, program: Program): string | Pick<Mistake, 'message' | 'instead'> {
  const [number = '', unit = ''] = text.split(' ')
  const currency = currencyOf(unit)
  const asset = program.assets.find(({ id }) => id === unit)
  const scale = currency?.exponent ?? asset?.scale
  if (scale === undefined) {
    const near = nearestWord(
      unit,
      program.assets.map(({ id }) => id),
    )
    return {
      message: `there is no asset "${unit}"`,
      instead: near === null ? 'write the id of one' : `did you mean "${near}"?`,
    }
  }
  const units = decimalUnits(number, scale)
  if (units !== null) return `${decimalText(units, scale)} ${unit}`
  return { message: `"${number}" is no amount of ${unit}`, instead: `write digits only, like 1500 ${unit}` }
}
