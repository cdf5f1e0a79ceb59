import { z } from 'zod'
import { refusal } from './event-answers.ts'
import {
  amount,
  foreignId,
  instantAnswered,
  label,
  next,
  page,
  positiveAmount,
  programWord,
  zoneAnswered,
} from './fields.ts'
import * as members from './member-schemas.ts'
import { vocabulary } from './program-schemas.ts'
import * as progress from './progress-schemas.ts'
import * as own from './self-schemas.ts'

/** Tills: devices that stand in a shop, and whoever works at them. */

// ---- for staff -----------------------------------------------------------------------------------------------------------

const status = z.enum(['waiting', 'in-use', 'revoked'])

export const till = z.strictObject({
  id: z.string(),
  name: z.string(),
  place: z.string().nullable().meta({ description: 'As the program calls the place; null: it is not said.' }),
  status: status.meta({ description: '`waiting`: no device has been enrolled with its code yet.' }),
  addedAt: instantAnswered,
  addedBy: z.string(),
  enrolledAt: instantAnswered.nullable(),
  revokedAt: instantAnswered.nullable(),
  cashier: z.string().nullable().meta({ description: 'Id of whoever is at it now; null: nobody.' }),
})
export type TillAnswer = z.output<typeof till>

export const tillsQuery = z.strictObject(page(200, 50))
export const tillPage = z.strictObject({ tills: z.array(till), next })
export const tillPath = z.strictObject({ till: foreignId })
export const tillToAdd = z.strictObject({
  name: label.meta({ description: 'Such as `left counter`; among tills that are not revoked it is the only one.' }),
  place: label.nullable().default(null).meta({ description: 'Where it stands, as the program calls the place.' }),
})
export const tillCode = till.extend({
  code: z.string().meta({ description: 'Typed in at the device, once.' }),
  codeOverAt: instantAnswered,
})
export type TillCode = z.output<typeof tillCode>

/** Four digits are what people remember at a counter; what keeps a guesser out is that few tries are had. */
const pin = z.string().regex(/^\d{4,8}$/, 'must be 4 to 8 digits')

export const cashier = z.strictObject({
  id: z.string(),
  name: z.string(),
  addedAt: instantAnswered,
  endedAt: instantAnswered.nullable(),
  lockedUntil: instantAnswered.nullable().meta({ description: 'After five wrong PINs; null: not locked.' }),
})
export type CashierAnswer = z.output<typeof cashier>
export const cashierPage = z.strictObject({ cashiers: z.array(cashier), next })
export const cashierPath = z.strictObject({ cashier: foreignId })
export const cashierToAdd = z.strictObject({
  name: label.meta({ description: 'As it stands on the till; among cashiers who work there it is the only one.' }),
  pin,
})
export const pinToSet = z.strictObject({ pin })

/** More buttons than a hand finds; who sells more types the amount. */
const itemsMax = 200
const item = z.strictObject({
  sku: foreignId,
  name: label,
  price: amount.meta({ description: 'Minor units, tax included.' }),
  category: label.nullable().default(null).meta({ description: 'By which rules know it, such as `bread`.' }),
})
export type TillItem = z.output<typeof item>
const offlineMost = amount.meta({
  description:
    'How much of vouchers a till may honour without a line, for one member on one day, in minor units; 0: nothing. What turns out to ' +
    'have been used elsewhere meanwhile is borne by the shop.',
})
export const itemsToSet = z.strictObject({
  offlineMost: offlineMost.default(0),
  items: z
    .array(item)
    .max(itemsMax, `has more than ${itemsMax} items`)
    .refine((list) => new Set(list.map(({ sku }) => sku)).size === list.length, 'names a sku twice'),
})
export const items = z.strictObject({ items: z.array(item), offlineMost })

// ---- the device ----------------------------------------------------------------------------------------------------------

export const codeOfTill = z.strictObject({
  program: programWord,
  publicKey: z
    .string()
    .regex(/^[A-Za-z0-9_-]{87}$/, 'must be a point of P-256, as base64url of 65 bytes')
    .nullable()
    .default(null)
    .meta({
      description: 'Of the key with which the device signs what it does without a line; null: it does nothing then.',
    }),
  code: z
    .string()
    .max(40, 'has more than 40 characters')
    .transform((text) => text.replaceAll(/[\s-]/g, '').toUpperCase()),
})
export const enrolled = z.strictObject({ till: z.string(), program: z.string() })

export const tillDoor = z.strictObject({ enrolled: z.boolean() })

const person = z.strictObject({ id: z.string(), name: z.string() })
const shift = person.extend({ overAt: instantAnswered })
export const tillState = z.strictObject({
  till: z.string(),
  name: z.string(),
  place: z.string().nullable(),
  program: z.string(),
  at: instantAnswered,
  currency: vocabulary.shape.currency,
  cashiers: z.array(person).meta({ description: 'Who can begin here with a PIN.' }),
  shift: shift.nullable().meta({ description: 'Who has; null: nobody.' }),
  items: items.shape.items,
  zone: zoneAnswered,
  offline: z.strictObject({
    most: offlineMost,
    key: z.string().meta({ description: 'With which copies of vouchers are signed: a point of P-256, as base64url.' }),
    number: z.int().meta({ description: 'The highest entry that is known of this till; 0: none.' }),
  }),
})
export type TillState = z.output<typeof tillState>
export const pinToShow = z.strictObject({ cashier: foreignId, pin: z.string().max(20, 'has more than 20 characters') })
export const shiftBegun = z.strictObject({ shift })
export const shiftEnded = z.strictObject({ ended: z.literal(true) })

// ---- a guest -------------------------------------------------------------------------------------------------------------

export const visit = z.string().min(1, 'must not be empty').max(1000, 'has more than 1000 characters')

/** Who is meant: exactly one of them is said. */
export const guestToFind = z
  .strictObject({
    card: visit.optional().meta({ description: 'The code that the card shows: it counts once.' }),
    phone: z.string().trim().min(3, 'has fewer than 3 characters').max(40, 'has more than 40 characters').optional(),
    visit: visit.optional().meta({ description: 'Of somebody who was found a moment ago: as they stand now.' }),
  })
  .refine(
    (wanted) => Object.values(wanted).filter((value) => value !== undefined).length === 1,
    'must say one of card, phone and visit',
  )

const guestReward = z.strictObject({
  id: z.string(),
  kind: z.string(),
  name: z.record(z.string(), z.string()),
  price: z.strictObject({ asset: z.string(), amount: z.int() }).nullable(),
  missing: z.int().meta({ description: 'How much more is needed; 0: nothing.' }),
  refusal: z.string().nullable().meta({ description: 'Why it cannot be had now; null: it can.' }),
})
export type GuestReward = z.output<typeof guestReward>

export const guest = z.strictObject({
  visit: z.string().meta({ description: 'Names them at this till, for a quarter of an hour.' }),
  visitOverAt: instantAnswered,
  name: z.string().nullable(),
  status: members.member.shape.status,
  balances: members.assetBalances,
  levels: z.array(z.strictObject({ ladder: z.string(), level: z.string().nullable() })),
  cards: progress.progress.shape.cards,
  vouchers: own.ownVouchers.shape.vouchers.meta({ description: 'What they have in hand.' }),
  rewards: z.array(guestReward).meta({ description: 'What they can have for what they have collected.' }),
  copies: z
    .array(z.strictObject({ text: z.string(), signature: z.string() }))
    .meta({ description: 'Of vouchers that this till may honour without a line, signed by the server.' }),
  words: own.ownVocabulary.pick({ assets: true, ladders: true, rewards: true, cards: true }),
})
export type Guest = z.output<typeof guest>

// ---- what is done --------------------------------------------------------------------------------------------------------

/** Made by the till: the same one is the same act, however often it is sent. */
export const actId = z.string().regex(/^[A-Za-z0-9_-]{8,40}$/, 'must be 8 to 40 letters, digits, "_" or "-"')

const saleLine = z.strictObject({
  sku: foreignId,
  quantity: z.int('must be a whole number').min(1, 'must be 1 or more').max(999, 'is beyond 999 items'),
  total: amount.meta({ description: 'Minor units for all of them, tax included.' }),
  category: label.nullable().default(null),
})
/** What is bought, before anything is taken off. */
export const saleLines = z
  .array(saleLine)
  .min(1, 'must name a line')
  .max(200, 'has more than 200 lines')
  .meta({ description: 'An amount that was typed in is one line.' })

export const saleToMake = z.strictObject({ sale: actId, visit, lines: saleLines })
export type SaleToMake = z.output<typeof saleToMake>
export const saleMade = z.strictObject({
  sale: z.string(),
  at: instantAnswered,
  total: z.int(),
  off: z.int().meta({ description: 'What vouchers took off.' }),
  byGiftCard: z.int().meta({ description: 'What gift cards paid.' }),
  earned: z.array(z.strictObject({ asset: z.string(), amount: z.int() })),
})
export type SaleMade = z.output<typeof saleMade>

const forSale = {
  act: actId,
  visit,
  sale: actId.meta({ description: 'The sale that is being made, or a new name where nothing is sold.' }),
  lines: saleLines
    .nullable()
    .default(null)
    .meta({ description: 'What is bought, where that is known: rewards that ask something of it are judged by it.' }),
}
export const voucherToUseAtTill = z.strictObject({
  ...forSale,
  voucher: foreignId,
  amount: positiveAmount
    .nullable()
    .default(null)
    .meta({ description: 'Minor units that a gift card pays; all it holds, or the whole sale, where not said.' }),
})
export type VoucherToUseAtTill = z.output<typeof voucherToUseAtTill>
export const rewardToRedeem = z.strictObject({ ...forSale, reward: programWord })
export type RewardToRedeem = z.output<typeof rewardToRedeem>

const used = z.strictObject({
  granted: z.boolean(),
  amount: z.int().meta({ description: 'Minor units that it takes off or pays; 0: something is handed over.' }),
  refusal: refusal.nullable(),
})
export const usedAtTill = z.strictObject({ act: z.string(), ...used.shape })
export type UsedAtTill = z.output<typeof usedAtTill>
export const redeemedAtTill = z.strictObject({
  act: z.string(),
  granted: z.boolean(),
  asset: z.string().nullable(),
  amount: z.int().meta({ description: 'What it cost.' }),
  refusal: refusal.nullable(),
  used: used.nullable().meta({
    description: 'What became of it at once; null: nothing. Not granted: it is in the member’s hand for another time.',
  }),
})
export type RedeemedAtTill = z.output<typeof redeemedAtTill>

const doneAct = z.strictObject({
  act: z.string(),
  kind: z.enum(['sale', 'use', 'redemption']),
  at: instantAnswered,
  about: z.string().nullable().meta({ description: 'The reward or voucher; of a sale null.' }),
  amount: z.int().nullable().meta({ description: 'Minor units of a sale or a use; of a redemption what it cost.' }),
  asset: z.string().nullable(),
  undone: z.boolean(),
})
export type DoneAct = z.output<typeof doneAct>
export const doneActs = z.strictObject({ acts: z.array(doneAct) })
export const actToUndo = z.strictObject({ act: actId })
export const actUndone = z.strictObject({
  act: z.string(),
  undone: z.boolean(),
  refusal: refusal.nullable().meta({ description: 'Why it stands; null: it is undone.' }),
})
