import { writeFileSync } from 'node:fs'
import type { Client, CorrectedMember, CorrectionAnswer, CorrectionSummary } from '@laurel/contract'
import { decimalText } from '@laurel/engine'
import { allPages } from '../all-pages.ts'
import { csvOfTable, decimalOf } from '../csv-table.ts'
import { openTarget } from '../target-file.ts'
import { levelText } from './correction-text.ts'

/**
 * A table of members, where one is asked for: opened before anything is begun, so that what cannot be written leaves nothing behind,
 * and written of what is answered in the end.
 */
export async function withTable(
  client: Client,
  csv: string | undefined,
  use: () => Promise<CorrectionAnswer>,
): Promise<CorrectionAnswer> {
  const target = csv === undefined ? null : openTarget('--csv', csv)
  let isWritten = false
  try {
    const found = await use()
    if (target !== null && found.summary !== null) {
      writeFileSync(target.descriptor, await tableOf(client, found, found.summary))
      isWritten = true
    }
    return found
  } finally {
    if (isWritten) target?.keep()
    else target?.drop()
  }
}

/** One line for each member and what changes: an asset, when some of it lapses, a level, a voucher. */
async function tableOf(client: Client, { id }: CorrectionAnswer, summary: CorrectionSummary): Promise<string> {
  const scaleOf = (asset: string) => summary.assets.find((each) => each.asset === asset)?.scale ?? 0
  const columns = [
    'member',
    'facts',
    'asset',
    'change',
    'owed more',
    'borne',
    'out of pools',
    'outcome',
    'decision',
    'note',
  ]
  const asIfEnough = summary.sharing > 0 ? 'as if there were enough of what members share' : null
  const rows = (await allMembers(client, id)).flatMap(({ member, facts, outcome, decision, ...changed }) => [
    ...changed.changes.map(({ asset, ...change }) => {
      const amounts = [change.change, change.debt, change.borne, change.pooled].map((units) =>
        decimalOf(units, scaleOf(asset)),
      )
      return [member, facts, asset, ...amounts, outcome, decision, outcome === null ? asIfEnough : null]
    }),
    ...changed.lots.map(({ asset, lastDay, change }) => {
      const moved = `lapsing ${lastDay}: ${decimalText(change, scaleOf(asset))}`
      return [member, facts, asset, null, null, null, null, outcome, decision, moved]
    }),
    ...[
      ...changed.levels.map((level) => `level: ${levelText(level)}`),
      ...changed.vouchers.map(({ voucher, reward, becomes }) => `voucher ${becomes}: ${reward}, ${voucher}`),
    ].map((note) => [member, facts, null, null, null, null, null, outcome, decision, note]),
  ])
  return csvOfTable({ name: 'members', columns, rows })
}

async function allMembers(client: Client, correction: string): Promise<CorrectedMember[]> {
  return await allPages(async (from) => {
    const query = { limit: '100', ...from }
    const { members, next } = await client.call('listCorrectedMembers', { path: { correction }, query })
    return { entries: members, next }
  })
}

export async function allCorrections(client: Client): Promise<CorrectionAnswer[]> {
  return await allPages(async (from) => {
    const { corrections, next } = await client.call('listCorrections', { query: { limit: '100', ...from } })
    return { entries: corrections, next }
  })
}
