import { canonicalProgram, type DocumentSection, type Program, positionIn } from '@laurel/engine'
import type { ReadyDocument } from '../publishing/add-version.ts'
import type { VersionFinding } from '../publishing/compare-versions.ts'

type Compared = Pick<ReadyDocument, 'document' | 'program'>

/**
 * Whose each section of a document is. What is `shared` is about all members at once: of it there is one reading, whoever is in a
 * pilot. What is shared `in-part` is looked at below. A new section does not compile before it stands here.
 */
const WHOSE: Readonly<Record<DocumentSection, 'shared' | 'in-part' | 'own'>> = {
  laurel: 'own',
  id: 'own',
  name: 'own',
  zone: 'own',
  currency: 'own',
  inForce: 'own',
  late: 'own',
  refunds: 'own',
  reservations: 'own',
  unknownMembers: 'own',
  leaving: 'own',
  activities: 'own',
  assets: 'in-part',
  earn: 'own',
  groups: 'own',
  tiers: 'in-part',
  rewards: 'in-part',
  badges: 'own',
  benefits: 'own',
  cards: 'own',
  challenges: 'own',
  leaderboards: 'shared',
  draws: 'shared',
  offers: 'own',
  referral: 'own',
  memberships: 'own',
  pools: 'shared',
  partners: 'own',
  charities: 'own',
  places: 'own',
  segments: 'own',
  terms: 'own',
  minimumAge: 'own',
  staff: 'own',
  publishing: 'own',
  holdout: 'own',
  closing: 'shared',
  transitions: 'own',
}

/** What a document on trial says otherwise of what members share (PIL-4); `ruling`: the version for all. */
export function changesOfShared(ruling: Compared, next: Compared): VersionFinding[] {
  const found = (path: string, message: string): VersionFinding => ({
    ...{ code: 'pilot-shared', severity: 'error', path, ...positionIn(next.document, path), message },
    instead: 'Keep it as it is in the version in force, or publish this change to all members first',
  })
  const [was, is] = [sectionsOf(ruling), sectionsOf(next)]
  return [
    ...differing(idsOf(ruling.program.assets), idsOf(next.program.assets)).map((id) =>
      found(
        `assets.${id}`,
        `\`${id}\` is an asset in one of both only, and members in and out of a pilot give to each other`,
      ),
    ),
    ...differing(idsOf(ruling.program.ladders), idsOf(next.program.ladders)).map((id) =>
      found(
        `tiers.${id}`,
        `\`${id}\` is a ladder in one of both only, and members in and out of a pilot may become one`,
      ),
    ),
    ...Object.entries(WHOSE)
      .filter(([section, whose]) => whose === 'shared' && JSON.stringify(was[section]) !== JSON.stringify(is[section]))
      .map(([section]) => found(section, `\`${section}\` is about all members at once, and a pilot is not`)),
    ...[...ruling.program.rewards.keys()]
      .filter((id) => next.program.rewards.has(id) && sessionsIn(ruling, id) !== sessionsIn(next, id))
      .map((id) =>
        found(`rewards.${id}.sessions`, `a session of \`${id}\` is one for all who come, in and out of a pilot`),
      ),
  ]
}

/** Canonical, so that what says the same is the same text. */
const sectionsOf = ({ document }: Compared): Partial<Record<string, unknown>> =>
  JSON.parse(canonicalProgram(document) ?? '{}')

/** Of a reward that has none: nothing. */
function sessionsIn({ program }: Compared, id: string): string {
  const kind = program.rewards.get(id)?.kind
  return kind?.type === 'experience' ? JSON.stringify(kind.sessions) : ''
}

const idsOf = (parts: Program['assets'] | Program['ladders']): readonly string[] => parts.map(({ id }) => id)

const differing = (was: readonly string[], is: readonly string[]): readonly string[] => [
  ...was.filter((id) => !is.includes(id)),
  ...is.filter((id) => !was.includes(id)),
]
