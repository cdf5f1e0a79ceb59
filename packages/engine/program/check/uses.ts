import type { DocumentText } from '../document/document.ts'
import type { GoalText } from '../document/goals.ts'
import type { Reading } from '../shape.ts'
import type { Gifts } from './gifts.ts'
import { remark } from './remark.ts'

/** Declared, and nothing comes of it. */
export function checkUses(document: DocumentText, gifts: Gifts, reading: Reading): void {
  // Where something needs an asset that nothing gives, that is said there.
  const needed = new Set([
    ...(document.tiers ?? []).map(({ measure }) => measure.of),
    ...[...(document.cards ?? []), ...(document.draws ?? [])].map(({ value }) => value.of),
    ...goalsIn(document).map((goal) => goal.of),
  ])
  for (const { id, value } of document.assets ?? []) {
    if (gifts.assets.has(id) || needed.has(id)) continue
    const message = `No rule gives \`${id}\`: members get it from staff only`
    remark(
      reading,
      'note',
      [value.tree],
      'asset-never-earned',
      message,
      `Let a rule give it, for instance \`give: 1 ${id}\``,
    )
  }
  const active = activitiesUsed(document)
  for (const { id, value } of document.activities ?? []) {
    if (active.has(id)) continue
    const message = `Nothing comes of the activity \`${id}\``
    remark(reading, 'note', [value.tree], 'activity-unused', message, `Add a rule with \`on: activity.${id}\``)
  }
  for (const { id, value } of document.badges ?? []) {
    if (gifts.badges.has(id)) continue
    const message = `Nothing gives the badge \`${id}\``
    const instead = `Add \`give: { badge: ${id} }\` to a challenge or a rule, or take it out`
    remark(reading, 'warning', [value.tree], 'badge-never-given', message, instead)
  }
  checkSegments(document, reading)
}

function activitiesUsed(document: DocumentText): ReadonlySet<string> {
  const goals = goalsIn(document)
  return new Set([
    ...(document.earn ?? []).flatMap((rule) =>
      rule.type !== 'multiply' && rule.on.type === 'activity' ? [rule.on.activity] : [],
    ),
    ...(document.tiers ?? []).flatMap(({ measure }) => (measure.type === 'activities' ? [measure.of] : [])),
    ...(document.leaderboards ?? []).flatMap(({ value: { measure } }) =>
      measure.type === 'activities' ? [measure.of] : [],
    ),
    ...goals.flatMap((goal) => (goal.type === 'activities' ? [goal.of] : [])),
    // A visit is a day with an order or any activity.
    ...(countsVisits(document, goals) ? (document.activities ?? []).map(({ id }) => id) : []),
    ...(document.assets ?? []).flatMap(({ value }) =>
      value.expires.type === 'inactive' ? value.expires.moves.map((name) => name.replace(/^activity\./, '')) : [],
    ),
  ])
}

const countsVisits = (document: DocumentText, goals: readonly GoalText[]): boolean =>
  goals.some((goal) => goal.type === 'visits') ||
  [...(document.tiers ?? []), ...(document.leaderboards ?? []).map(({ value }) => value)].some(
    ({ measure }) => measure.type === 'visits',
  )

const goalsIn = (document: DocumentText): GoalText[] => [
  ...(document.challenges ?? []).map(({ value }) => value.goal),
  ...(document.offers ?? []).flatMap(({ value }) => (value.type === 'goal' ? [value.goal] : [])),
  ...(document.referral === null ? [] : [document.referral.goal]),
]

function checkSegments(document: DocumentText, reading: Reading): void {
  const { segments, ...rest } = document
  const mentioned = mentionsIn(rest)
  for (const { id, value } of segments ?? []) {
    if (mentioned(id)) continue
    const message = `Nothing asks for the segment \`${id}\``
    remark(reading, 'note', [value.tree], 'segment-unused', message, `Add \`for: { segment: [${id}] }\` somewhere`)
  }
}

/** Whether a part of the document names something: as a value of its own, or in quotes in a condition. */
export function mentionsIn(part: object): (id: string) => boolean {
  const values = new Set<string>()
  const conditions: string[] = []
  const walk = (value: unknown) => {
    if (typeof value === 'string') values.add(value)
    if (typeof value !== 'object' || value === null) return
    if ('positionOf' in value && 'text' in value) conditions.push(String(value.text))
    else for (const [key, child] of Object.entries(value)) if (key !== 'tree') walk(child)
  }
  walk(part)
  return (id) => values.has(id) || conditions.some((text) => text.includes(`"${id}"`) || text.includes(`'${id}'`))
}
