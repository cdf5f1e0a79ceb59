import type { Effect, Member } from '@laurel/engine'
import { type Book, balance } from './book.ts'
import { periodOf } from './caps.ts'
import { windowKey } from './challenges.ts'
import { isForgotten } from './offers.ts'
import { levelHeld } from './tiers.ts'
import { leftOn, statusOf } from './vouchers.ts'

/** Differences between the second book and the first, in words; none is the wanted answer. */

export function compare(book: Book, member: Member): string[] {
  return [
    ...balances(book, member),
    ...lots(book, member),
    ...tiers(book, member),
    ...counts(book, member),
    ...cards(book, member),
    ...vouchers(book, member),
    ...awards(book, member),
    ...challenges(book, member),
    ...offers(book, member),
    ...footing(book, member),
    ...plans(book, member),
    ...arms(book, member),
    ...converted(book, member),
  ]
}

function footing({ footing: audited, ended }: Book, member: Member): string[] {
  const { mark = null, ageAtLeast = 0, terms = [] } = member.footing ?? {}
  return [
    ...differ('mark', audited.mark, mark),
    ...differ('age', audited.age, ageAtLeast),
    ...differ('terms', audited.terms.join(), terms.join()),
    ...differ('end of the program', ended, member.ended ?? null),
  ]
}

function arms(book: Book, member: Member): string[] {
  const text = (all: readonly (readonly [string, boolean])[]) => JSON.stringify([...all].sort())
  const found = (member.arms ?? []).map(({ experiment, heldOut }) => [experiment, heldOut] as const)
  return differ('arms', text([...book.arms]), text(found))
}

function plans(book: Book, member: Member): string[] {
  const audited = [...book.plans].map(([plan, { isTrial, isFailing, isCancelled, ...rest }]) => ({
    ...{ ...rest, plan, trial: isTrial, failing: isFailing, cancelled: isCancelled },
  }))
  const text = (all: readonly object[]) =>
    all
      .map((each) => JSON.stringify(Object.entries(each).sort()))
      .sort()
      .join()
  return differ('paid memberships', text(audited), text(member.plans ?? []))
}
const converted = (book: Book, member: Member): string[] =>
  sides(
    'converted',
    totals([...book.converted]),
    totals((member.converted ?? []).map((each) => [each.asset, each.amount])),
  )

const differ = (what: string, audited: unknown, found: unknown): string[] =>
  audited === found ? [] : [`${what}: audited ${audited}, found ${found}`]

function balances(book: Book, member: Member): string[] {
  const assets = new Set([...book.entries.map((each) => each.asset), ...member.assets.map((each) => each.asset)])
  return [...assets].flatMap((asset) => {
    const found = member.assets.find((each) => each.asset === asset)
    return (['pending', 'active', 'held', 'debt'] as const).flatMap((account) =>
      differ(`${account} ${asset}`, balance(book, asset, account), found?.[account] ?? 0),
    )
  })
}

function lots(book: Book, member: Member): string[] {
  const audited = totals(
    book.parcels.map((each) => [`${each.asset}, class ${each.priority}, until ${each.lastDay}`, each.amount]),
  )
  const found = totals(
    member.assets.flatMap((state) =>
      state.lots.map((each): [string, number] => [
        `${state.asset}, class ${each.priority}, until ${each.lastDay}`,
        each.amount,
      ]),
    ),
  )
  return sides('lot', audited, found)
}

function tiers(book: Book, member: Member): string[] {
  const ladders = book.timeline[0]?.program.ladders ?? []
  return ladders.flatMap((ladder) => {
    const found = member.ladders.find((each) => each.ladder === ladder.id)
    return differ(
      `tier on ${ladder.id}`,
      levelHeld(book, ladder),
      found === undefined ? ladder.levels[0]?.id : levelOf(found),
    )
  })
}

const levelOf = (found: Member['ladders'][number]): string => found.level

/** Room used, in every period that the member's state still knows; what it forgot too early shows in what is given next. */
function counts(book: Book, member: Member): string[] {
  const caps = new Map(book.timeline.flatMap((entry) => entry.program.caps.map((cap) => [cap.id, cap] as const)))
  return [...caps.values()].flatMap((cap) => {
    const audited = totals(
      book.uses.flatMap((use): [string, number][] =>
        use.cap === cap.id && cap.span.type !== 'order' ? [[`${periodOf(cap, use)}`, use.change]] : [],
      ),
    )
    const found = totals(
      member.counts.flatMap((count): [string, number][] =>
        count.cap === cap.id ? [[`${count.period}`, count.used]] : [],
      ),
    )
    return [...found.keys()].flatMap((key) =>
      differ(`used of ${cap.id} in ${key}`, audited.get(key) ?? 0, found.get(key) ?? 0),
    )
  })
}

/** How often each card is full, and the vouchers for it. */
function cards(book: Book, member: Member): string[] {
  const ids = new Set(book.timeline.flatMap(({ program }) => [...program.cards.keys()]))
  return [...ids].flatMap((id) => {
    const state = member.cards?.find((each) => each.card === id)
    const times = book.cards.filter((full) => full.card.id === id).length
    return differ(`times that ${id} is full`, times, (state?.settled ?? 0) + (state?.filled.length ?? 0))
  })
}

/** Every voucher that there ever was: how it stands, until when, what is left of it, and its uses. */
function vouchers(book: Book, member: Member): string[] {
  const text = (status: string, lastDay: number | null, left: number | null, uses: readonly string[]): string =>
    `${status} until ${lastDay}, ${left} left, used [${uses.join('; ')}]`
  const audited = [...book.vouchers.values()].map((each): [string, string] => [
    each.id,
    text(
      statusOf(each),
      each.lastDay,
      leftOn(each),
      each.uses.map(({ id, order, amount, back }) => `${id} for ${order}: ${amount} less ${back}`),
    ),
  ])
  const all = [...(member.vouchers ?? []), ...Object.values(member.closed ?? {})]
  const found = all.map((each): [string, string] => [
    each.id,
    text(
      each.status,
      each.lastDay,
      each.left,
      each.uses.map(({ id, order, amount, returned }) => `${id} for ${order}: ${amount} less ${returned}`),
    ),
  ])
  const [ours, theirs] = [new Map(audited), new Map(found)]
  return [...new Set([...ours.keys(), ...theirs.keys()])].flatMap((id) =>
    differ(`voucher ${id}`, ours.get(id) ?? 'none', theirs.get(id) ?? 'none'),
  )
}

/** Levels whose awards were given, and the badge that levels give. */
function awards(book: Book, member: Member): string[] {
  const levels = (all: readonly { readonly ladder: string; readonly level: string }[]): string =>
    all
      .map(({ ladder, level }) => `${ladder}/${level}`)
      .sort()
      .join()
  const held = (member.badges ?? []).find(({ badge }) => badge === 'climber')
  return [
    ...differ('levels entered', levels(book.entered), levels(member.entered ?? [])),
    ...differ('who gave the badge', book.badges.get('climber'), held?.award),
  ]
}

/** Progress and what was reached, in every window that the member's state still knows. */
function challenges(book: Book, member: Member): string[] {
  return (member.challenges ?? []).flatMap(({ challenge, windows }) =>
    windows.flatMap(({ from, tally, reached }) => {
      const audited = book.windows.get(windowKey(challenge, from))
      const text = (pairs: Iterable<readonly [string, number]>) => JSON.stringify([...pairs].sort())
      return [
        ...differ(`counted for ${challenge} from ${from}`, text(audited?.tally ?? []), text(tally)),
        ...differ(
          `reached in ${challenge} from ${from}`,
          [...(audited?.reached ?? [])].sort().join(),
          reached
            .map(({ what }) => what)
            .sort()
            .join(),
        ),
      ]
    }),
  )
}

/** Of every receipt that the member's state still knows: what counts for it, and whether it is completed. */
function offers(book: Book, member: Member): string[] {
  const kept = new Set((member.offers ?? []).map(({ id }) => id))
  const lost = book.receipts.filter((receipt) => !kept.has(receipt.id) && !isForgotten(book, receipt))
  const differences = (member.offers ?? []).flatMap(({ id, tally, completed }) => {
    const audited = book.receipts.find((receipt) => receipt.id === id)
    const [counted, found] = [audited?.tally ?? [], tally].map((pairs) => JSON.stringify([...pairs].sort()))
    return [
      ...differ(`counted for ${id}`, counted, found),
      ...differ(`${id} completed`, audited?.isCompleted ?? false, completed !== null),
    ]
  })
  return [...differences, ...lost.map(({ id }) => `${id} is lost`)]
}

/** Net of everything booked, by cause, rule, asset and accounts (LED-5); kinds of movement are one in both books. */
export function compareEntries(book: Book, effects: readonly Effect[]): string[] {
  const audited = totals(book.entries.map((each) => [nameOf(each), each.amount]))
  const found = totals(
    effects.flatMap((each): [string, number][] => (each.type === 'move' ? [[nameOf(each), each.amount]] : [])),
  )
  return sides('entry', audited, found)
}

/** Rules are named where they gave or took; what other movements are called is no part of the semantics. */
function nameOf(each: { cause: string; rule: string; asset: string; from: string; to: string }): string {
  const rule = each.from === 'issued' || each.to === 'issued' ? each.rule : ''
  return `${each.cause} ${rule}: ${each.asset} ${each.from} -> ${each.to}`
}

function totals(pairs: readonly (readonly [string, number])[]): Map<string, number> {
  const found = new Map<string, number>()
  for (const [key, amount] of pairs) found.set(key, (found.get(key) ?? 0) + amount)
  return found
}

function sides(what: string, audited: ReadonlyMap<string, number>, found: ReadonlyMap<string, number>): string[] {
  const keys = new Set([...audited.keys(), ...found.keys()])
  return [...keys].flatMap((key) => differ(`${what} ${key}`, audited.get(key) ?? 0, found.get(key) ?? 0))
}
