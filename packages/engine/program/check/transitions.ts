import type { LocalTime } from '../../time/local.ts'
import { endOf } from '../compile/parts.ts'
import type { DocumentText } from '../document/document.ts'
import type { AssetTransitionText, LevelTransitionText, TransitionsText } from '../document/transitions.ts'
import type { Named } from '../list-shape.ts'
import type { Moment } from '../scalar-time.ts'
import type { Reading } from '../shape.ts'
import { childOf, type MapTree } from '../syntax-tree.ts'
import { remark } from './remark.ts'

/** Of these a version that has them still takes nothing; the others it may have made harder, or poorer. */
const kept = ['rewards', 'pools'] as const

/** What can be said of transitions without the version before: whether they are asked for is seen when it is published. */
export function checkTransitions(
  text: TransitionsText,
  document: DocumentText,
  inForceFrom: LocalTime | null,
  reading: Reading,
): void {
  const { tree } = text
  const checkEnd = (section: string, id: string, through: Moment) => {
    if (inForceFrom === null || endOf(through) > inForceFrom) return
    const message = 'It is over before this version begins'
    remark(reading, 'error', [tree, section, id, 'through'], 'transition-over', message, 'Name a later day')
  }
  for (const [section, list] of Object.entries(text)) {
    if (section === 'tree' || !Array.isArray(list)) continue
    for (const { id, value } of list as readonly Named<AssetTransitionText | LevelTransitionText | 'called-off'>[]) {
      if (typeof value !== 'string' && 'through' in value) checkEnd(section, id, value.through)
    }
  }
  for (const { id, value } of text.assets ?? []) checkAsset(tree, id, value, reading)
  for (const { id, value } of text.tiers ?? []) checkLevel(tree, id, value, reading)
  for (const section of kept) {
    const declared = new Set((document[section] ?? []).map(({ id }) => id))
    for (const { id } of text[section] ?? []) if (declared.has(id)) reportDeclared(tree, section, id, reading)
  }
}

function checkAsset(tree: MapTree, id: string, value: AssetTransitionText, reading: Reading): void {
  if (value === 'keep' || 'through' in value) return
  const at = (...keys: string[]): readonly [MapTree, ...string[]] => [tree, 'assets', id, ...keys]
  if (reading.names.assets.has(id)) {
    const message = `\`${id}\` is an asset of this version: what members hold of it stays what it is`
    const instead = `Take \`${id}\` out of \`assets\` of the program, or out of here`
    remark(reading, 'error', at(), 'transition-declared', message, instead)
  }
  if (value.per.asset !== id) {
    const message = `It tells what becomes of \`${id}\`, and is for each of \`${value.per.asset}\``
    remark(reading, 'error', at('per'), 'transition-rate', message, `Write it in ${id}`)
  }
  if (value.give.units === 0) {
    const message = 'Members would get nothing for it'
    const instead = `Give at least the smallest part, or honour it until a day: { through: … }`
    remark(reading, 'error', at('give'), 'transition-rate', message, instead)
  }
}

function checkLevel(tree: MapTree, id: string, value: LevelTransitionText, reading: Reading): void {
  const [ladder = '', level = ''] = id.split('/')
  const isDeclared = reading.names.laddersByLevel.get(level)?.includes(ladder) === true
  const to = value === 'keep' ? null : value.to
  // One that could not be read is said already.
  const isSaid = value !== 'keep' && childOf(value.tree, 'to') !== undefined
  if (isDeclared === (to === null) || (!isDeclared && isSaid)) return
  const at = [tree, 'tiers', id] as const
  if (isDeclared) {
    const message = `\`${id}\` is a level of this version: who holds it stays on it`
    remark(reading, 'error', at, 'transition-declared', message, 'Leave `to` out, or leave the level out of `tiers`')
    return
  }
  const message = `There is no level \`${id}\` in this version that could be kept`
  const instead = 'Say which level they hold instead: { to: …, through: … }'
  remark(reading, 'error', at, 'transition-unknown', message, instead)
}

/** What still stands in the version is not given up. */
function reportDeclared(tree: MapTree, section: string, id: string, reading: Reading): void {
  const message = `\`${id}\` stands in this version, and who has it keeps it`
  remark(reading, 'error', [tree, section, id], 'transition-declared', message, `Take \`${id}\` out of \`transitions\``)
}
