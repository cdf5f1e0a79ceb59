import { declaring } from './declaring.ts'
import type { FindingCode } from './finding.ts'
import type { NamedSection, Names } from './names.ts'
import { meantWord, suggestion } from './nearest.ts'
import { choices, inOwnWords, isExampleAsset } from './own-words.ts'
import { label, right, scalar, wrong } from './scalar.ts'
import { capital, type Shape } from './shape.ts'

/** An id declared elsewhere in the document. */
function reference(
  what: string,
  code: FindingCode,
  knownIn: (names: Names) => Iterable<string>,
  where: string,
  /** Those that are right here; the others are told about by a later check. */
  offered: (names: Names) => Iterable<string> = knownIn,
): Shape<string> {
  const bare = what.replace(/^an? /, '')
  const shape = scalar<string>({
    name: `the id of ${what}`,
    example: '',
    schema: { type: 'string', description: `The id of ${what}, declared under \`${where}\`` },
    parse(text, reading) {
      const known = [...knownIn(reading.names)]
      if (known.includes(text)) return right(text)
      const right_ = [...offered(reading.names)]
      const instead = chooseOrDeclare(text, right_, where, reading.names)
      return wrong(code, `There is no ${bare} \`${text}\``, instead, meantWord(text, right_))
    },
    print: (value) => value,
  })
  return { ...shape, declared: { where, known: (names) => [...offered(names)] } }
}

/** The one that was meant, or those there are and the line that declares another. */
function chooseOrDeclare(text: string, known: readonly string[], where: string, names: Names): string {
  const line = declaring(where, text, names)?.told ?? `declare it under \`${where}\``
  // Stamps are not status that was misspelt.
  const isOwn = where === 'assets' && isExampleAsset(text)
  const choice = isOwn
    ? choices(known) === null
      ? ''
      : `Choose one of: ${known.join(', ')}`
    : suggestion(text, known, '')
  if (choice === '') return capital(line)
  return choice.startsWith('Did') || where === 'earn' ? choice : `${choice}; or ${line}`
}

const named = (what: string, code: FindingCode, section: NamedSection): Shape<string> =>
  reference(what, code, (names) => names.ids[section], section)

export const assetReference = reference('an asset', 'unknown-asset', (names) => names.assets.keys(), 'assets')
export const ruleReference = reference(
  'a rule',
  'unknown-rule',
  (names) => names.rules.keys(),
  'earn',
  // What gives awards, and what multiplies, is not multiplied.
  ({ rules }) => [...rules].flatMap(([id, kind]) => (kind === 'amount' ? [id] : [])),
)
export const activityReference = reference(
  'an activity',
  'unknown-activity',
  (names) => names.activities.keys(),
  'activities',
)
export const badgeReference = named('a badge', 'unknown-badge', 'badges')
export const benefitReference = named('a benefit', 'unknown-benefit', 'benefits')
export const charityReference = named('a charity', 'unknown-charity', 'charities')
export const groupReference = named('a group', 'unknown-group', 'groups')
export const membershipReference = named('a membership', 'unknown-membership', 'memberships')
export const partnerReference = named('a partner', 'unknown-partner', 'partners')
export const placeReference = named('a place', 'unknown-place', 'places')
export const rewardReference = named('a reward', 'unknown-reward', 'rewards')

/** Segments come from outside; a program that declares some means those and no others. */
const declaredSegment = named('a segment', 'unknown-segment', 'segments')
export const segmentReference: Shape<string> = {
  read: (tree, reading) => (reading.names.ids.segments.size === 0 ? label : declaredSegment).read(tree, reading),
  canonical: (tree, reading) => label.canonical(tree, reading),
  schema: (definitions) => label.schema(definitions),
}

const ladderWith = (level: string) =>
  `- { ladder: standing, measure: spend, window: lifetime, fall: { to: never }, levels: [{ id: member, reach: 0.00 USD }, { id: ${level}, reach: 500.00 USD }] }`

/** A level of a tier as `ladder/level`; written by its id alone where only one ladder has it. */
export const levelReference: Shape<string> = scalar({
  name: 'a level of a tier',
  example: 'gold',
  schema: {
    type: 'string',
    description: 'A level, declared under `tiers`; ladder/level where several ladders have it',
  },
  parse(text, reading) {
    const [first = '', second] = text.split('/')
    const ladders = reading.names.laddersByLevel.get(second ?? first) ?? []
    const [only] = ladders
    if (second === undefined && ladders.length === 1 && only !== undefined) return right(`${only}/${first}`)
    if (second !== undefined && ladders.includes(first)) return right(text)
    if (ladders.length > 1) {
      const message = `Several ladders have a level \`${first}\``
      return wrong('unknown-level', message, `Say which: ${ladders.map((ladder) => `${ladder}/${first}`).join(' or ')}`)
    }
    const known = [...reading.names.laddersByLevel.keys()]
    const choice = suggestion(text, known, '')
    const instead = choice.startsWith('Did')
      ? choice
      : known.length === 0
        ? `Declare it under \`tiers\`, for instance ${inOwnWords(ladderWith(text), reading.names)}`
        : `${choice === '' ? 'A' : `${choice}; or a`}dd it to the levels of a ladder, with \`reach\``
    return wrong('unknown-level', `There is no level \`${text}\``, instead, meantWord(text, known))
  },
  print(value, reading) {
    const level = value.slice(value.indexOf('/') + 1)
    return reading.names.laddersByLevel.get(level)?.length === 1 ? level : value
  },
})
