import { documentWith, type WrongDocument } from './wrong-document.fixture.ts'

const answers = (text: string, more = '') => documentWith({ more: `transitions: { ${text} }\n${more}` })

/** Mistakes about what becomes of what members hold. What only the version before shows is said when a version is published. */
export const wrongTransitions: readonly WrongDocument[] = [
  {
    code: 'transition-declared',
    text: answers('assets: { points: ‸{ give: 1 status, per: 10 points } }'),
    message: '`points` is an asset of this version: what members hold of it stays what it is',
    instead: 'Take `points` out of `assets` of the program, or out of here',
  },
  {
    code: 'transition-declared',
    text: answers('tiers: { standing/gold: ‸{ to: basic, through: 2026-12-31 } }'),
    message: '`standing/gold` is a level of this version: who holds it stays on it',
    instead: 'Leave `to` out, or leave the level out of `tiers`',
  },
  {
    code: 'transition-declared',
    text: answers('rewards: { mug: ‸keep }', 'rewards: { mug: { kind: custom, price: 5 points } }'),
    message: '`mug` stands in this version, and who has it keeps it',
    instead: 'Take `mug` out of `transitions`',
  },
  {
    code: 'transition-over',
    text: answers('assets: { beans: { through: ‸2025-12-30 } }'),
    message: 'It is over before this version begins',
    instead: 'Name a later day',
  },
  {
    code: 'transition-rate',
    text: answers('assets: { beans: { give: 1 points, per: ‸10 stars } }'),
    message: 'It tells what becomes of `beans`, and is for each of `stars`',
    instead: 'Write it in beans',
  },
  {
    code: 'transition-rate',
    text: answers('assets: { beans: { give: ‸0 points, per: 10 beans } }'),
    message: 'Members would get nothing for it',
    instead: 'Give at least the smallest part, or honour it until a day: { through: … }',
  },
  {
    code: 'transition-unknown',
    text: answers('tiers: { standing/silver: ‸{ through: 2026-12-31 } }'),
    message: 'There is no level `standing/silver` in this version that could be kept',
    instead: 'Say which level they hold instead: { to: …, through: … }',
  },
  {
    code: 'transition-unknown',
    text: answers('tiers: { standing/silver: ‸keep }'),
    message: 'There is no level `standing/silver` in this version that could be kept',
    instead: 'Say which level they hold instead: { to: …, through: … }',
  },
  {
    code: 'transition-rate',
    text: answers('assets: { beans: { give: 1 points, per: ‸0 beans } }'),
    message: '`0 beans` is no amount',
    instead: 'Write a number above zero with at most 6 decimals, and the asset',
  },
  {
    code: 'bad-id',
    text: answers('tiers: { ‸gold: keep }'),
    message: '`gold` is no level with its ladder',
    instead: 'Write the ladder, a slash and the level: standing/gold',
  },
  {
    code: 'bad-id',
    text: answers('sessions: { ‸may: called-off }'),
    message: '`may` is no session with its reward',
    instead: 'Write the reward, a slash and the session: tasting/may',
  },
  {
    code: 'unknown-asset',
    text: answers('assets: { beans: { give: ‸1 stars, per: 10 beans } }'),
    message: 'There is no asset `stars`',
    instead: 'Write 1 points or 1 status; or declare it under `assets`: stars: { kind: spendable, expires: never }',
  },
  {
    code: 'unknown-level',
    text: answers('tiers: { standing/silver: { to: ‸goldd, through: 2026-12-31 } }'),
    message: 'There is no level `goldd`',
    instead: 'Did you mean `gold`?',
  },
]
