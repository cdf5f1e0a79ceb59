import type { DocumentText } from '../document/document.ts'
import type { Reading } from '../shape.ts'
import { checkAssets } from './assets.ts'
import { checkEarn } from './earn.ts'
import { checkGroups } from './groups.ts'
import { checkWhole } from './program-level.ts'
import { checkRewards } from './rewards.ts'
import { checkTiers } from './tiers.ts'

/** What every word of the document being right does not show: whether together they mean something. */
export function checkProgram(document: DocumentText, reading: Reading): void {
  const from = document.inForce?.from
  const inForceFrom = from === undefined || from === 'always' ? null : from.local
  checkWhole(document, reading)
  checkAssets(document.assets ?? [], reading)
  checkEarn(document.earn ?? [], inForceFrom, reading)
  checkGroups(document.groups ?? [], document.earn ?? [], reading)
  checkTiers(document.tiers ?? [], reading)
  checkRewards(document.rewards ?? [], document, inForceFrom, reading)
}
