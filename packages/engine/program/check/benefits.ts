import type { LocalTime } from '../../time/local.ts'
import type { DocumentText } from '../document/document.ts'
import type { Reading } from '../shape.ts'
import { checkAudience } from './audience.ts'
import { checkDuring } from './during.ts'
import { remark } from './remark.ts'

export function checkBenefits(document: DocumentText, inForceFrom: LocalTime | null, reading: Reading): void {
  const named = new Set([
    ...(document.tiers ?? []).flatMap((ladder) => ladder.levels.flatMap((level) => level.benefits ?? [])),
    ...(document.memberships ?? []).flatMap(({ value }) => value.benefits ?? []),
  ])
  for (const { id, value: benefit } of document.benefits ?? []) {
    checkDuring(benefit.during, benefit.tree, inForceFrom, reading)
    checkAudience(benefit.for, benefit.tree, reading)
    if (named.has(id) || benefit.for !== null || benefit.when !== null) continue
    const message = `No level and no membership names \`${id}\`: every member has it`
    const instead = `Add \`benefits: [${id}]\` to a level, or \`for\` to say who has it`
    remark(reading, 'note', [benefit.tree], 'benefit-for-everyone', message, instead)
  }
}
