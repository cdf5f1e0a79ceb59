import { dayOf, dayText, type LocalTime } from '../../time/local.ts'
import { endOf } from '../compile/parts.ts'
import type { AwardText } from '../document/awards.ts'
import type { DocumentText } from '../document/document.ts'
import type { Reading } from '../shape.ts'
import type { MapTree } from '../syntax-tree.ts'
import { checkAudience } from './audience.ts'
import type { Gifts } from './gifts.ts'
import { remark } from './remark.ts'

/** Draws that nobody can be in, or not as they look, and tickets that no draw takes. */
export function checkDraws(
  document: DocumentText,
  gifts: Gifts | null,
  inForceFrom: LocalTime | null,
  reading: Reading,
): void {
  for (const { value: draw } of document.draws ?? []) {
    const { tree, of, window } = draw
    checkAudience(draw.for, tree, reading)
    const asset = reading.names.assets.get(of)
    if (gifts !== null && !gifts.assets.has(of)) {
      const message = `Nothing gives \`${of}\`: there is nobody to draw`
      remark(
        reading,
        'warning',
        [tree, 'of'],
        'draw-without-tickets',
        message,
        `Let a rule give it, for instance \`give: 1 ${of}\``,
      )
    }
    const close = dayText(dayOf(endOf(window.through) - 1)).slice('YYYY-'.length)
    const isFirst = inForceFrom !== null && window.from.local <= inForceFrom
    if (asset?.kind === 'tickets' && asset.neverLapses && !isFirst) {
      const message = `\`${of}\` never lapse: what came before this draw is an entry in it, and will be in the next one`
      const instead = `Let \`${of}\` lapse with the draw: \`expires: { date: ${close} }\``
      remark(reading, 'warning', [tree, 'window'], 'draw-of-old-tickets', message, instead)
    }
    const lapse = asset?.lapsesOn ?? null
    if (lapse !== null && lapse !== close && endOf(window.through) > window.from.local) {
      const message = `\`${of}\` lapse on ${lapse}, and the draw closes on ${close}: an entry is what is there at the close, and it stays one in the next draw`
      const instead = `Let \`${of}\` lapse with the draw: \`expires: { date: ${close} }\``
      remark(reading, 'warning', [tree, 'window'], 'draw-of-old-tickets', message, instead)
    }
    if (endOf(window.through) <= window.from.local) {
      const message = 'It ends before it begins'
      const instead = 'Let `through` be a later day than `from`'
      remark(reading, 'error', [window.tree, 'through'], 'draw-never-open', message, instead)
    } else if (inForceFrom !== null && endOf(window.through) <= inForceFrom) {
      const message = 'This is over before the program is in force'
      remark(reading, 'warning', [window.tree, 'through'], 'during-over', message, 'Take it out, or let it end later')
    }
  }
  if (gifts !== null) checkLateTickets(document, reading)
}

/** Tickets that are still to be had when no draw takes them any more. */
function checkLateTickets(document: DocumentText, reading: Reading): void {
  const lastClose = new Map<string, LocalTime>()
  for (const { value: draw } of document.draws ?? []) {
    const close = endOf(draw.window.through)
    if (close > draw.window.from.local) lastClose.set(draw.of, Math.max(close, lastClose.get(draw.of) ?? close))
  }
  for (const [asset, close] of lastClose) {
    for (const { what, tree, key, until } of ticketSources(document, asset)) {
      if (until !== null && until <= close) continue
      const on = dayText(dayOf(close - 1))
      const closing = document.closing !== null
      const then = closing
        ? 'what comes later is forfeited at the end'
        : 'what comes later waits for a draw to be declared'
      const message = `\`${what}\` gives \`${asset}\` ${until === null ? 'without end' : `until ${dayText(dayOf(until - 1))}`}, and the last draw of them closes on ${on}: ${then}`
      const instead = `Let it end with the draw, on ${on}, or declare a later draw`
      remark(reading, closing ? 'warning' : 'note', [tree, ...key], 'tickets-after-draw', message, instead)
    }
  }
}

interface TicketSource {
  readonly what: string
  readonly tree: MapTree
  readonly key: readonly string[]
  /** The first moment at which it gives nothing more; null: it has no end. */
  readonly until: LocalTime | null
}

function ticketSources(document: DocumentText, asset: string): readonly TicketSource[] {
  const { closing } = document
  const ends = (...moments: (Parameters<typeof endOf>[0] | null | undefined)[]): LocalTime | null => {
    const known = moments.flatMap((moment) => (moment == null ? [] : [endOf(moment)]))
    return known.length === 0 ? null : Math.min(...known)
  }
  const gives = (...lists: (readonly AwardText[] | null | undefined)[]): boolean =>
    lists.some((awards) => awards?.some((award) => award.type === 'amount' && award.asset === asset) ?? false)
  const timed = (tree: MapTree) => (tree.entries.some(({ key }) => key.text === 'during') ? ['during', 'through'] : [])
  return [
    ...(document.earn ?? []).flatMap((rule) => {
      const given = rule.type === 'give' ? rule.give.asset === asset : rule.type === 'award' && gives(rule.awards)
      const until = ends(rule.during?.through, closing?.lastEarn)
      return given ? [{ what: rule.id, tree: rule.tree, key: timed(rule.tree), until }] : []
    }),
    ...(document.challenges ?? []).flatMap(({ id, value }) => {
      const { tree, window, during, milestones, streak } = value
      const dates = window.type === 'dates' ? window.through : null
      const given = gives(value.give, streak?.give, ...(milestones ?? []).map(({ give }) => give))
      const until = ends(dates, during?.through, closing?.lastEarn)
      return given ? [{ what: id, tree, key: dates === null ? timed(tree) : ['window', 'through'], until }] : []
    }),
    ...(document.rewards ?? []).flatMap(({ id, value }) => {
      if (value.type !== 'exchange' || value.gets.asset !== asset) return []
      return [
        { what: id, tree: value.tree, key: timed(value.tree), until: ends(value.during?.through, closing?.lastBurn) },
      ]
    }),
    ...[...(document.cards ?? []), ...(document.offers ?? [])].flatMap(({ id, value }) =>
      'give' in value && gives(value.give)
        ? [{ what: id, tree: value.tree, key: [], until: ends(closing?.lastEarn) }]
        : [],
    ),
  ]
}
