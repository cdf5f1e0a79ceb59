import type { FindingCode } from './finding.ts'
import type { NamedSection, Names } from './names.ts'
import { suggestion } from './nearest.ts'
import { label, right, scalar, wrong } from './scalar.ts'
import type { Shape } from './shape.ts'

/** An id declared elsewhere in the document. */
function reference(
  what: string,
  code: FindingCode,
  knownIn: (names: Names) => Iterable<string>,
  where: string,
): Shape<string> {
  const bare = what.replace(/^an? /, '')
  const shape = scalar<string>({
    name: `the id of ${what}`,
    example: '',
    schema: { type: 'string', description: `The id of ${what}, declared under \`${where}\`` },
    parse(text, reading) {
      const known = [...knownIn(reading.names)]
      if (known.includes(text)) return right(text)
      const none = `Declare it under \`${where}\``
      return wrong(code, `There is no ${bare} \`${text}\``, suggestion(text, known, none))
    },
    print: (value) => value,
  })
  return { ...shape, declared: { where, known: (names) => [...knownIn(names)] } }
}

const named = (what: string, code: FindingCode, section: NamedSection): Shape<string> =>
  reference(what, code, (names) => names.ids[section], section)

export const assetReference = reference('an asset', 'unknown-asset', (names) => names.assets.keys(), 'assets')
export const ruleReference = reference('a rule', 'unknown-rule', (names) => names.rules, 'earn')
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
    const known = reading.names.laddersByLevel.keys()
    return wrong('unknown-level', `There is no level \`${text}\``, suggestion(text, known, 'Declare it under `tiers`'))
  },
  print(value, reading) {
    const level = value.slice(value.indexOf('/') + 1)
    return reading.names.laddersByLevel.get(level)?.length === 1 ? level : value
  },
})
