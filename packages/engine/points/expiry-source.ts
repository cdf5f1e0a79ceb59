import type { ExpirySource } from '../member.ts'
import type { Expiry, Program } from '../program/program.ts'

const byRule = 'rule:'
const byLevel = 'tier:'

export const expirySourceOfRule = (rule: string): ExpirySource => `${byRule}${rule}`
export const expirySourceOfLevel = (ladder: string, level: string): ExpirySource => `${byLevel}${ladder}/${level}`

/** What the rule or level says of it in this version (LOT-2); null: nothing, so the asset's own counts. */
export function expiryStatedBy(source: ExpirySource, program: Program, asset: string): Expiry | null {
  if (source.startsWith(byRule)) {
    const id = source.slice(byRule.length)
    for (const rules of [program.onOrder, ...program.onActivity.values(), ...program.onOccasion.values()]) {
      for (const rule of rules) if (rule.id === id) return rule.expiry
    }
    return null
  }
  const [ladder, level] = source.slice(byLevel.length).split('/')
  for (const candidate of program.ladders) {
    if (candidate.id !== ladder) continue
    for (const step of candidate.levels) if (step.id === level) return step.expiry.get(asset) ?? null
  }
  return null
}
