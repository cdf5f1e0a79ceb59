import type { LineFacts, MemberFacts, OrderFacts } from '../program/condition.ts'
import type { Excluded, PluralCategory } from '../program/program.ts'

/** What is counted in sentences beside the program's own assets. */
export type Noun =
  | 'days'
  | 'months'
  | 'years'
  | 'hours'
  | 'minutes'
  | 'orders'
  | 'items'
  | 'visits'
  | 'times'
  | 'friends'
  | 'members'
  | 'seats'
  | 'winners'

export type SectionId =
  | 'program'
  | 'collecting'
  | 'earning'
  | 'levels'
  | 'benefits'
  | 'rewards'
  | 'cards'
  | 'challenges'
  | 'leaderboards'
  | 'draws'
  | 'offers'
  | 'referral'
  | 'memberships'
  | 'pools'
  | 'partners'
  | 'charities'
  | 'returns'
  | 'belonging'
  | 'business'

/** Over which time something is counted. */
export type SpanWord = 'order' | 'day' | 'week' | 'month' | 'quarter' | 'year' | 'ever'

/** What a condition can look at. */
type FactWord = `order.${keyof OrderFacts}` | `line.${keyof LineFacts}` | `member.${keyof MemberFacts}`

/** A phrase with one place in it. */
type With<Part extends string> = (parts: Readonly<Record<Part, string>>) => string

/**
 * Everything that a program can say, in one language. `Category` are the plural categories that the language has, so that a
 * form that is missing does not compile, and neither does a sentence. Sentences end with a full stop; what stands in the list
 * of phrases does not, and is joined to a sentence by commas. Places hold finished text: amounts, names, dates, lists.
 */
export interface Sentences<Category extends PluralCategory> {
  /** `#` is the number. */
  readonly counts: Readonly<Record<Noun, Readonly<Record<Category, string>>>>
  readonly sections: Readonly<Record<SectionId, string>>
  readonly quote: With<'text'>

  // ---- phrases: joined to the sentence before them by commas ----------------------------------------------------------------
  readonly onDays: With<'days'>
  readonly fromThrough: With<'from' | 'through'>
  readonly fromOn: With<'from'>
  readonly through: With<'through'>
  readonly betweenHours: With<'from' | 'to'>
  /** What is past midnight is of the day on which it began. */
  readonly overnight: With<'from' | 'to'>
  readonly exceptOn: With<'days'>
  readonly forLevels: With<'levels'>
  readonly forSegments: With<'segments'>
  readonly forTags: With<'tags'>
  readonly forMemberships: With<'plans'>
  readonly forBadges: With<'badges'>
  /** Of one of the five before. */
  readonly butNot: With<'whom'>
  readonly inPlaces: With<'places'>
  readonly onChannels: With<'channels'>
  readonly atPartners: With<'partners'>
  readonly onlyIf: With<'condition'>
  /** Only what was bought of this. */
  readonly onlyGoods: With<'condition'>
  readonly counting: With<'parts'>
  readonly excluded: Readonly<Record<Excluded, string>>
  readonly atMost: With<'much' | 'span'>
  readonly spans: Readonly<Record<SpanWord, string>>
  readonly sliding: With<'period'>
  readonly inEachPlace: string
  readonly allTogether: string

  // ---- conditions -----------------------------------------------------------------------------------------------------------
  readonly facts: Readonly<Record<FactWord, string>>
  readonly compare: Readonly<Record<'==' | '!=' | '<' | '<=' | '>' | '>=', With<'fact' | 'value'>>>
  /** A list has the value in it. */
  readonly has: With<'fact' | 'value'>
  readonly hasNot: With<'fact' | 'value'>
  readonly isSo: With<'fact'>
  readonly isNotSo: With<'fact'>
  readonly notThis: With<'condition'>
  /** A fact that is not there, and one that is, whatever it says. */
  readonly isAbsent: With<'fact'>
  readonly isThere: With<'fact'>
  readonly inOurShops: string
  readonly atAnyPartner: string

  // ---- awards ---------------------------------------------------------------------------------------------------------------
  readonly awardReward: With<'reward'>
  readonly awardBadge: With<'badge'>
  readonly awardLevel: With<'level' | 'period'>
  /** What members are not told of. */
  readonly awardHidden: string

  // ---- the program ----------------------------------------------------------------------------------------------------------
  readonly countsAlways: string
  readonly countsFrom: With<'date'>
  readonly clock: With<'zone'>
  readonly closingEarn: With<'date'>
  readonly closingSpend: With<'date'>
  readonly closingForfeit: string
  readonly closingCharity: With<'charity'>
  readonly closingVouchers: string
  readonly closingNotice: With<'date'>
  readonly becomes: With<'what' | 'amount' | 'per'>
  readonly staysYours: With<'what'>
  readonly seatsStay: With<'what'>
  readonly calledOff: With<'what'>
  readonly drawStays: With<'what'>
  readonly drawGone: With<'what'>
  readonly staysThrough: With<'what' | 'date'>
  readonly levelStays: With<'level'>
  readonly levelStaysThrough: With<'level' | 'date'>
  readonly levelBecomes: With<'was' | 'level' | 'date'>

  // ---- what one collects; the name stands above -----------------------------------------------------------------------------
  readonly collects: Readonly<Record<'spendable' | 'qualifying' | 'money' | 'stamps' | 'tickets', string>>
  readonly worth: With<'amount' | 'money'>
  readonly usableAtOnce: string
  readonly usableAfter: With<'period'>
  readonly usableAfterDelivery: With<'period'>
  readonly lapsesNever: string
  readonly lapsesAfter: With<'period'>
  readonly lapsesAtEndOf: Readonly<Record<'month' | 'quarter' | 'year', With<'period'>>>
  readonly lifeFromUsable: string
  readonly lapsesIdle: With<'period' | 'deeds'>
  readonly deeds: Readonly<Record<'order.paid' | 'redemption.confirmed', string>>
  readonly lapsesOn: With<'day'>
  readonly lapsesOnAnniversary: string
  readonly leastLife: With<'period'>
  readonly warned: With<'periods'>
  readonly givenBackLate: With<'period'>
  readonly givenBackLateByShop: With<'period'>
  readonly gifting: With<'least' | 'most' | 'span'>
  readonly spentFirst: With<'classes'>
  readonly notShown: string

  // ---- earning --------------------------------------------------------------------------------------------------------------
  readonly earnSpend: With<'award' | 'money'>
  readonly earnShare: With<'percent' | 'asset'>
  readonly earnOrder: With<'award'>
  readonly earnItem: With<'award'>
  readonly earnVisit: With<'award'>
  readonly earnActivity: With<'award' | 'activity'>
  readonly earnEachOf: With<'award' | 'fact' | 'activity'>
  readonly earnPerFact: With<'award' | 'count' | 'fact' | 'activity'>
  readonly earnOccasion: Readonly<
    Record<'member.joined' | 'member.birthday' | 'member.anniversary' | 'membership.renewed', With<'award'>>
  >
  readonly goesTo: With<'charity'>
  readonly multiplied: With<'times'>
  readonly onlyBest: string
  readonly onlyFirst: string
  readonly bonusesAdd: string
  readonly bonusesMultiply: string
  readonly crossingSplit: string
  /** One of several of which not all count. */
  readonly calledBonus: With<'bonus' | 'text'>
  readonly insteadOf: With<'rule' | 'rules'>
  readonly bestOfGroup: With<'rules'>
  readonly firstOfGroup: With<'rules'>
  readonly sharedCap: With<'rules' | 'cap'>
  readonly bonusesIncluded: With<'cap'>
  readonly budget: With<'much'>
  /** `step` is the smallest amount of what is earned. */
  readonly roundings: Readonly<Record<'floor' | 'ceil' | 'half-up' | 'half-even', With<'step'>>>
  readonly spentAs: With<'kind'>
  readonly heldOut: With<'percent'>

  // ---- levels ---------------------------------------------------------------------------------------------------------------
  /** On a ladder, whatever gave it. */
  readonly measureEarned: With<'asset'>
  /** On a leaderboard. */
  readonly measureEarnedByDoing: With<'asset'>
  readonly measures: Readonly<Record<'spend' | 'orders' | 'visits' | 'referrals', string>>
  readonly measureActivities: With<'activity'>
  readonly countedInEach: Readonly<Record<'month' | 'quarter' | 'year', string>>
  readonly countedFrom: With<'day'>
  readonly countedFromJoining: string
  readonly countedOverLast: With<'period'>
  readonly countedForEver: string
  readonly keptThrough: string
  readonly rollsOver: string
  readonly rollsOverUpTo: With<'most'>
  readonly risesAtOnce: string
  readonly risesAtEnd: string
  readonly fallsNever: string
  readonly fallsOneStep: string
  readonly fallsToEarned: string
  readonly fallGrace: With<'period'>
  readonly fallWarned: With<'periods'>
  readonly keptAfterReturn: string
  /** Where no period ends with which it could be. */
  readonly neverTakenByReturn: string
  readonly lostAfterReturn: string
  readonly levelFromStart: string
  readonly levelFrom: With<'reach'>
  readonly levelByInvitation: string
  readonly levelHidden: string
  readonly levelBenefits: With<'benefits'>
  readonly levelEntry: With<'awards'>
  readonly levelExpiry: With<'asset'>

  // ---- benefits -------------------------------------------------------------------------------------------------------------
  readonly freeShipping: string
  readonly percentOff: With<'percent'>
  readonly opensEarlier: With<'period'>
  readonly adviser: string
  readonly benefitWith: With<'holders'>
  readonly openTo: With<'whom'>
  readonly useWorth: With<'money'>

  // ---- rewards --------------------------------------------------------------------------------------------------------------
  readonly moneyOff: With<'money'>
  readonly percentOffUpTo: With<'percent' | 'money'>
  readonly product: string
  readonly payWithPoints: string
  readonly custom: string
  readonly giftCard: With<'money'>
  readonly session: With<'when' | 'seats'>
  readonly sessionAt: With<'when' | 'place' | 'seats'>
  readonly cancelBefore: With<'period'>
  readonly cancelNever: string
  readonly waitingList: With<'period'>
  readonly accessWindow: string
  readonly donation: With<'charity'>
  readonly donationOf: With<'charity' | 'money'>
  readonly exchange: With<'amount'>
  readonly exchangeAt: With<'amount' | 'partner'>
  readonly price: With<'amount'>
  readonly priceFor: With<'amount' | 'whom'>
  readonly firstPrice: string
  readonly priceFree: string
  readonly priceNone: string
  readonly priceChosen: With<'least' | 'step'>
  readonly priceMost: With<'most'>
  readonly rewardFor: With<'whom'>
  readonly stock: With<'count'>
  readonly rewardCap: With<'cap'>
  /** Of a reward that is bought and given: what limits it limits whoever buys it. */
  readonly givenAllTheSame: string
  readonly validAlways: string
  readonly validFor: With<'period'>
  readonly cardGivenBack: With<'period'>
  readonly validToEndOf: Readonly<Record<'month' | 'quarter' | 'year', With<'period'>>>
  readonly basketLeast: With<'money'>
  readonly basketGoods: With<'condition'>
  /** So much of these: what else lies in the basket does not help. */
  readonly basketLeastOf: With<'money' | 'condition'>
  readonly together: string
  readonly notTogether: string
  readonly insteadCharity: With<'charity' | 'money'>
  readonly codesUploaded: string

  // ---- cards, challenges, boards, draws ---------------------------------------------------------------------------------------
  readonly cardFull: With<'amount' | 'awards'>
  /** Of what fills it nothing is shown. */
  readonly cardSpent: With<'money' | 'awards'>
  readonly cardQuiet: With<'awards'>
  readonly cardAgain: string
  readonly cardOnce: string
  readonly cardSoldOut: string
  readonly cardAge: With<'years'>
  readonly cardTerms: string
  readonly atLeast: With<'much'>
  readonly moreThan: With<'much'>
  readonly goalSpend: With<'much'>
  readonly goalOrder: With<'much'>
  /** Orders, items, visits, friends or an amount, counted already. */
  readonly goalCount: With<'much'>
  readonly goalActivities: With<'much' | 'activity'>
  readonly goalEarned: With<'much'>
  readonly goalReferrals: With<'much'>
  readonly distinct: Readonly<Record<'brand' | 'category' | 'sku' | 'place' | 'day', string>>
  readonly windows: Readonly<Record<'day' | 'week' | 'month' | 'quarter' | 'year', string>>
  readonly windowEver: string
  readonly windowOfOffer: With<'period'>
  readonly brings: With<'awards'>
  readonly milestone: With<'reach' | 'awards'>
  readonly repeats: Readonly<Record<'each-window' | 'once' | 'always', string>>
  readonly streak: With<'times' | 'awards'>
  readonly streakFreeze: With<'times'>
  readonly takenBack: string
  readonly badgeEach: Readonly<Record<'ever' | 'calendar-month' | 'calendar-quarter' | 'calendar-year', With<'badge'>>>
  readonly boardRank: With<'rank' | 'awards'>
  readonly boardRanks: With<'first' | 'last' | 'awards'>
  readonly boardTop: With<'count'>
  readonly tiesShare: string
  readonly tiesFirst: string
  readonly drawEntries: With<'asset'>
  readonly drawOpen: With<'from' | 'through'>
  readonly drawWinners: With<'winners' | 'awards'>
  readonly drawFair: string

  // ---- offers, referral, memberships, pools, partners, charities --------------------------------------------------------------
  readonly offerSeen: string
  readonly offerExclusive: string
  readonly offerInforms: With<'text'>
  readonly offerSentTo: With<'whom'>
  readonly offerSentByHand: string
  readonly offerClosed: string
  readonly referFriend: With<'awards'>
  readonly referAdvocate: With<'awards'>
  readonly referQualifies: With<'goal'>
  readonly referHold: With<'period'>
  readonly referCap: With<'cap'>
  readonly referReview: With<'signals'>
  readonly signals: Readonly<Record<'device' | 'address' | 'payment', string>>
  readonly referVelocity: With<'times' | 'period'>
  readonly fee: With<'money' | 'period'>
  readonly trial: With<'period'>
  readonly feeGrace: With<'period'>
  readonly feeNoGrace: string
  readonly cancelAtPeriodEnd: string
  readonly cancelAtOnce: string
  readonly membershipBenefits: With<'benefits'>
  readonly membershipEntry: With<'awards'>
  readonly poolShare: With<'percent' | 'asset'>
  readonly poolEveryone: string
  readonly poolFounder: string
  readonly poolMembers: With<'members'>
  readonly poolKeeps: string
  readonly poolTakes: string
  readonly partnerEarn: string
  readonly partnerBurn: string
  readonly partnerSettles: With<'amount' | 'money'>
  readonly impact: With<'amount' | 'of'>

  // ---- returns, belonging, the business's own ----------------------------------------------------------------------------------
  readonly returnsTake: string
  readonly returnsAccept: With<'period'>
  readonly shortfallDebt: string
  readonly shortfallLimit: With<'amounts'>
  readonly lateDebtWaived: string
  readonly shortfallWaive: string
  readonly reservations: With<'period'>
  readonly leavingForfeit: With<'period'>
  readonly leavingAtOnce: string
  readonly minimumAge: With<'years' | 'deeds'>
  readonly terms: With<'deeds'>
  readonly earnAndRedeem: Readonly<Record<'earn' | 'redeem', string>>
  readonly lateAccept: With<'period'>
  readonly lateClosed: With<'date'>
  readonly unknownRefused: string
  readonly unknownCreated: string
  readonly staffEarn: string
  readonly staffDoNot: string
  readonly needsApproval: string
  readonly messagesHeldOut: With<'percent'>
  readonly segment: With<'segment' | 'condition'>
}
