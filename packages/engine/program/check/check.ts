import type { DocumentText } from '../document/document.ts'
import type { Reading } from '../shape.ts'
import { childOf } from '../syntax-tree.ts'
import { checkAssets } from './assets.ts'
import { checkEarn } from './earn.ts'
import { checkGroups } from './groups.ts'
import { checkUses, checkWhole } from './program-level.ts'
import { checkRewards } from './rewards.ts'
import { checkTiers } from './tiers.ts'

/** What every word of the document being right does not show: whether together they mean something. */
export function checkProgram(document: DocumentText, reading: Reading): void {
  const from = document.inForce?.from
  const inForceFrom = from === undefined || from === 'always' ? null : from.local
  // A rule that could not be read may be what a group or an activity is for.
  const written = childOf(document.tree, 'earn')
  const rulesAreWhole = written?.type !== 'list' || written.items.length === document.earn?.length
  checkWhole(document, reading)
  if (rulesAreWhole) checkUses(document, reading)
  checkAssets(document.assets ?? [], reading)
  checkEarn(document.earn ?? [], inForceFrom, reading)
  if (rulesAreWhole) checkGroups(document.groups ?? [], document.earn ?? [], reading)
  checkTiers(document.tiers ?? [], reading)
  checkRewards(document.rewards ?? [], document, inForceFrom, reading)
}
