import { compileProgram } from './compile/program.ts'
import { documentWith, withReward, withRules } from './wrong-document.fixture.ts'

/** Where the line stands; `instead of` says what else stands there. */
const places = ['order rule', 'rule', 'reward', 'section', 'instead of'] as const
type Place = (typeof places)[number]
const isPlace = (text: string): text is Place => places.some((place) => place === text)

/**
 * What was written, and what is said of it. In the first, `‹…›` marks what the remedy speaks of. In the second, each `‹…›` is
 * text to put in its place, one after the other where there are several; `⁅…⁆` is to be written beside it, and `⟦…⟧` under the
 * section that is named last before it. What follows `; or` is another way out.
 */
export type FollowedLine = readonly [place: Place, written: string, told: string]

/** One in a line: where, what was written, what is said. `…` at the end stands for what is said of every such mistake. */
const table = `
# Amounts, money and numbers
order rule | give: ‹5 stars›, per: order | Write ‹5 points› or ‹5 status›; or declare it under \`assets\`: ⟦stars: { kind: spendable, expires: never }⟧
order rule | give: ‹1.000 points›, per: order | Write it without separators: ‹1000 points›
order rule | give: 1 points, per: ‹1.000,50 USD› | USD has exactly 2 decimals: ‹1000.50 USD›
order rule | give: 1 points, per: ‹1,50 USD› | USD has exactly 2 decimals: ‹1.50 USD›
order rule | give: 1 points, per: ‹1 dollar› | Write ‹1.00 USD›
order rule | give: ‹10›, per: order | Write the number, a blank and the asset: ‹10 points› or ‹10 status›
order rule | give: ‹10 points per order› | Write ‹10 points›, and ⁅per: order⁆ beside it
order rule | give: ‹5 %› | Write ‹5 points›, and ⁅per: 1.00 USD⁆ beside it, which is worth that; or declare an asset that is money, \`credit: { kind: money, expires: never }\`, and write 5% credit
order rule | give: ‹+5 points›, per: order | Write ‹5 points›
reward | kind: percent-off, value: ‹%5›, price: 5 points | Write ‹5%›
reward | kind: percent-off, value: ‹12,5 %›, price: 5 points | Write a number above 0 and up to 100 with the percent sign right behind it: ‹12.5%›
reward | kind: money-off, value: ‹1.000,50 USD›, price: 5 points | USD has exactly 2 decimals: ‹1000.50 USD›
section | pools: { family: { of: points, share: ‹all›, most: 4 members, leaving: take-share } } | Write a number above 0 and up to 100 with the percent sign right behind it: ‹100%›
section | pools: { family: { of: points, share: ‹1/2›, most: 4 members, leaving: take-share } } | Write a number above 0 and up to 100 with the percent sign right behind it: ‹50%›
section | pools: { family: { of: points, share: 100%, most: ‹4 people›, leaving: take-share } } | Write a whole number, a blank and members: ‹4 members›
# What something is worth
instead of | worth: { 100 points: 1.00 USD } => worth: ‹0.05 USD› | Write ‹{ 1 points: 0.05 USD }› if that is one of it, or ‹{ 100 points: 0.05 USD }› if it is a hundred
instead of | worth: { 100 points: 1.00 USD } => worth: ‹1 point = 0.05 USD› | Write ‹{ 1 points: 0.05 USD }›
instead of | worth: { 100 points: 1.00 USD } => worth: { ‹points: 0.02 USD› } | Write the number, a blank and the asset: ‹1 points›, or how many it is
instead of | worth: { 100 points: 1.00 USD } => worth: { ‹200: 5.00 USD› } | Write the number, a blank and the asset: ‹200 points›
instead of | worth: { 100 points: 1.00 USD } => worth: ‹0.005 USD› | Write ‹{ 10 points: 0.05 USD }›
instead of | worth: { 100 points: 1.00 USD } => worth: ‹{ 1.00 USD: 100 points }› | Write ‹{ 100 points: 1.00 USD }›
instead of | worth: { 100 points: 1.00 USD } => ‹value: 0.01 USD› | Write ‹worth: { 1 points: 0.01 USD }›
instead of | worth: { 100 points: 1.00 USD } => worth: ‹"100 points: 1.00 USD"› | Write ‹{ 100 points: 1.00 USD }›
section | partners: { shell: { settles: ‹0.01 USD› } } | Write ‹{ 1 points: 0.01 USD }› if that is one of it, or ‹{ 100 points: 0.01 USD }› if it is a hundred
# Times
reward | kind: money-off, value: 5.00 USD, price: 5 points, expires: ‹30 Tage› | Write ‹P30D›. Periods…
instead of | pending: P14D => pending: ‹14 Tage› | Write ‹P14D›. Periods…
instead of | pending: P14D => pending: ‹14 gün› | Write ‹P14D›. Periods…
instead of | pending: P14D => pending: ‹2 semanas› | Write ‹P2W›. Periods…
instead of | expires: never, burn => expires: ‹1 Jahr›, burn | Write ‹{ life: P1Y }›
instead of | expires: never, burn => expires: ‹31.12.›, burn | Write ‹{ date: 12-31 }›
instead of | expires: never, burn => expires: { date: ‹31.12.› }, burn | Write ‹12-31›
instead of | expires: never, burn => ‹expiry: P12M›, burn | Write ‹expires: { life: P12M }›
order rule | give: 5 points, per: order, during: { from: ‹24 December 2026› } | Write ‹2026-12-24›, or ‹2026-12-24T18:00› for a time of that day
order rule | give: 5 points, per: order, during: ‹2026-12› | Write ‹{ from: 2026-12-01, through: 2026-12-31 }›
order rule | give: 5 points, per: order, during: ‹2026-12-24› | Write ‹{ from: 2026-12-24, through: 2026-12-24 }›
instead of | inForce: { from: 2026-01-01 } => inForce: { from: ‹1.1.2026› } | Write ‹2026-01-01›, or ‹2026-01-01T18:00› for a time of that day
# Days and hours
order rule | give: 5 points, per: order, during: { days: [‹Mon-Fri›] } | Write ‹monday, tuesday, wednesday, thursday, friday›
order rule | give: 5 points, per: order, during: { days: ‹weekend› } | Write ‹[saturday, sunday]›
order rule | give: 5 points, per: order, during: { days: [‹Mo-Fr›] } | Write ‹monday, tuesday, wednesday, thursday, friday›
order rule | give: 5 points, per: order, during: { days: [‹Samstag›] } | Write ‹saturday›
order rule | give: 5 points, per: order, during: { days: ‹monday to friday› } | Write ‹[monday, tuesday, wednesday, thursday, friday]›
order rule | give: 5 points, per: order, during: { ‹days: every day› } | ‹›Leave \`days\` out: silence means every day
order rule | give: 5 points, per: order, during: { ‹day: tuesday› } | Write ‹days: [tuesday]›
order rule | give: 5 points, per: order, ‹days: [tuesday]› | Write ‹during: { days: [tuesday] }›
order rule | give: 5 points, per: order, during: { hours: ‹14-17› } | Write ‹{ from: 14:00, to: 17:00 }›
order rule | give: 5 points, per: order, during: { hours: { from: 14:00, ‹through›: 17:00 } } | Did you mean \`‹to›\`?
order rule | give: 5 points, per: order, ‹valid›: { from: 2026-12-01, through: 2026-12-24 } | Did you mean \`‹during›\`?
# For whom
order rule | give: 5 points, per: order, for: ‹[gold]› | Write ‹{ tier: [gold] }›
order rule | give: 5 points, per: order, ‹tier: gold› | Write ‹for: { tier: [gold] }›
order rule | give: 5 points, per: order, ‹level: gold› | Write ‹for: { tier: [gold] }›
order rule | give: 5 points, per: order, ‹segment: vip› | Write ‹for: { segment: [vip] }›
section | offers: { back: { goal: { spend: { atLeast: 25.00 USD } }, window: { length: P7D, end: open }, give: 5 points, ‹tier: gold› } } | Write ‹sendTo: { for: { tier: [gold] } }›
section | challenges: { run: { goal: { spend: { atLeast: 25.00 USD } }, window: { calendar: week }, give: 5 points, ‹tier: gold› } } | Write ‹for: { tier: [gold] }›
reward | kind: money-off, value: 5.00 USD, price: 5 points, for: { ‹level›: [gold] } | Did you mean \`‹tier›\`?
section | offers: { back: { goal: { spend: { atLeast: 25.00 USD } }, window: { length: P7D, end: open }, give: 5 points, ‹for: { tier: [gold] }› } } | Write ‹sendTo: { for: { tier: [gold] } }›
section | offers: { back: { goal: { spend: { atLeast: 25.00 USD } }, window: { length: P7D, end: open }, give: 5 points, sendTo: { ‹tier: [gold]› } } } | Write ‹for: { tier: [gold] }›
order rule | give: 5 points, per: order, ‹for: everyone› | ‹›Leave \`for\` out: silence means all members
order rule | give: 5 points, per: order, ‹for: new customers› | Write ‹when: 'order.firstOrder'› in place of \`for\`
order rule | give: 5 points, per: order, for: ‹vip› | Write ‹{ segment: [vip] }› or ‹{ tag: [vip] }›; levels are declared under \`tiers\`
# At least, and at most
order rule | give: 5 points, per: order, ‹minimum: 20.00 USD› | Write ‹when: 'order.total >= money("20.00")'›
reward | kind: money-off, value: 5.00 USD, price: 5 points, ‹minimum: 20.00 USD› | Write ‹basket: { least: 20.00 USD }›
reward | kind: money-off, value: 5.00 USD, price: 5 points, ‹min-spend: 20.00 USD› | Write ‹basket: { least: 20.00 USD }›
order rule | give: 5 points, per: order, cap: ‹50 points› | Write ‹{ most: 50 points, each: ever }› for all time, or with each: calendar-day, calendar-week, calendar-month or calendar-year
order rule | give: 5 points, per: order, cap: { most: 50 points, ‹› } | Add \`‹each: ever›\`, or a time, for instance \`‹each: calendar-month›\` or \`‹within: P30D›\`
order rule | give: 5 points, per: order, cap: { most: 50 points, ‹per: day› } | Write ‹each: calendar-day›
order rule | give: 5 points, per: order, cap: ‹50› | Write ‹{ most: 50 points, each: ever }› or ‹{ most: 50 times, each: ever }› for all time, or with each: calendar-day, calendar-week, calendar-month or calendar-year
order rule | give: 5 points, per: order, cap: ‹50 points per day› | Write ‹{ most: 50 points, each: calendar-day }›
reward | kind: money-off, value: 5.00 USD, price: 5 points, ‹limit: 1 per customer› | Write ‹cap: { most: 1 times, each: ever }›
reward | kind: money-off, value: 5.00 USD, price: 5 points, cap: ‹once per month› | Write ‹{ most: 1 times, each: calendar-month }›
order rule | give: 5 points, per: order, ‹max: 50 points› | Write ‹cap: { most: 50 points, each: ever }›
order rule | give: 5 points, per: order, ‹once: yes› | Write ‹cap: { most: 1 times, each: ever }›
# The first order, and what events are called
order rule | give: 5 points, per: ‹first-order› | Write ‹order›, and ⁅when: 'order.firstOrder'⁆ beside it
order rule | give: 5 points, per: order, ‹first-order: yes› | Write ‹when: 'order.firstOrder'›
rule | on: ‹first-order›, give: 5 points | Write ‹order.paid›, and ⁅per: order, when: 'order.firstOrder'⁆ beside it
order rule | give: 5 points, per: order, when: ‹first-order› | Write ‹order.firstOrder›
section | referral: { friend: 50 points, advocate: 150 points, goal: ‹first-order›, hold: P15D } | Write ‹{ orders: { atLeast: 1 times } }›
rule | on: ‹checkout›, give: 5 points, per: order | Did you mean \`‹order.paid›\`?
rule | on: ‹visit›, give: 5 points | Write ‹order.paid›, and ⁅per: visit⁆ beside it
order rule | give: 1 points, per: ‹dollar› | Write ‹1.00 USD›
order rule | give: 5 points, per: ‹day› | Write ‹visit›, which is the first order of a day
# A share, a count, a list or a session that stands alone
instead of | holdout: { offers: none, challenges: none, bonuses: none } => ‹holdout: none› | ‹›Leave \`holdout\` out: silence means none
instead of | holdout: { offers: none, challenges: none, bonuses: none } => holdout: ‹10%› | Write ‹{ offers: 10%, challenges: 10%, bonuses: 10% }›
order rule | give: 5 points, per: ‹1 item› | Write ‹item›
order rule | give: 5 points, per: ‹6 items› | Write ‹item›, for each of them; or give 1 stamps for each, and let a card give it for 6 stamps
order rule | give: 5 points, per: order, cap: { most: 1 times, each: ‹visit› } | Write ‹calendar-day›: a visit is a day
order rule | give: 5 points, per: order, during: { hours: ‹[14:00, 17:00]› } | Write ‹{ from: 14:00, to: 17:00 }›
reward | kind: experience, price: 5 points, ‹date: 2027-05-01, seats: 10 seats› | Write ‹sessions: [{ id: first, starts: 2027-05-01, seats: 10 seats }]›
section | charities: { ‹Red Cross›: {} } | Ids are lower-case words joined by hyphens, at most 60 characters: \`‹red-cross›\`
instead of | status: { kind: qualifying, => ‹Status›: { kind: qualifying, | Ids are lower-case words joined by hyphens, at most 60 characters: \`‹status›\`
# Goals
section | offers: { back: { goal: { spend: ‹25.00 USD› }, window: { length: P7D, end: open }, give: 5 points } } | Write ‹{ atLeast: 25.00 USD }›, or ‹{ moreThan: 25.00 USD }› where so much is not enough
section | offers: { back: { goal: ‹spend 25.00 USD›, window: { length: P7D, end: open }, give: 5 points } } | Write ‹{ spend: { atLeast: 25.00 USD } }›
section | offers: { back: { ‹spend: { atLeast: 25.00 USD }›, window: { length: P7D, end: open }, give: 5 points } } | Write ‹goal: { spend: { atLeast: 25.00 USD } }›
section | offers: { back: { ‹spend: 25.00 USD›, window: { length: P7D, end: open }, give: 5 points } } | Write ‹goal: { spend: { atLeast: 25.00 USD } }›
section | offers: { back: { goal: ‹25.00 USD›, window: { length: P7D, end: open }, give: 5 points } } | Write ‹{ spend: { atLeast: 25.00 USD } }› or ‹{ order: { atLeast: 25.00 USD } }›
section | offers: { back: { goal: ‹3 orders›, window: { length: P7D, end: open }, give: 5 points } } | Write ‹{ orders: { atLeast: 3 times } }›
section | offers: { back: { goal: { orders: { atLeast: ‹3› } }, window: { length: P7D, end: open }, give: 5 points } } | Write a whole number, a blank and times: ‹3 times›
section | challenges: { run: { goal: { visits: ‹5› }, window: { calendar: week }, give: 5 points } } | Write ‹{ atLeast: 5 visits }›, or ‹{ moreThan: 5 visits }› where so much is not enough
section | challenges: { run: { goal: { visits: { atLeast: 5 visits } }, window: ‹weekly›, give: 5 points } } | Write ‹{ calendar: week }›
section | challenges: { run: { goal: { activities: ‹3› }, window: { calendar: week }, give: 5 points } } | Write ‹{ atLeast: 3 times, of: review }›
section | challenges: { run: { goal: { activities: ‹{ review: 3 times }› }, window: { calendar: week }, give: 5 points } } | Write ‹{ atLeast: 3 times, of: review }›
section | offers: { back: { goal: { spend: { atLeast: 25.00 USD } }, window: ‹P7D›, give: 5 points } } | For instance: ‹{ length: P7D, end: open }›
# What is not declared
rule | on: ‹activity.signup›, give: 5 points | Declare it under \`activities\`: ⟦signup: {}⟧; or write ‹activity.review›
reward | kind: donation, price: 5 points, charity: ‹Red Cross› | Declare it under \`charities\`: ⟦red-cross: { name: { en: Red Cross } }⟧, and write ‹red-cross› here
order rule | give: 5 points, per: order, places: [‹airport›] | Choose one of: ‹high-street›; or declare it under \`places\`: ⟦airport: {}⟧
order rule | give: 5 points, per: order, group: ‹bonus› | Declare it under \`groups\`: ⟦bonus: { take: best }⟧
order rule | give: { reward: ‹free-coffee› } | Declare it under \`rewards\`: ⟦free-coffee: { kind: custom }⟧
order rule | give: ‹free coffee› | Write ‹{ reward: coffee }›, and declare it under \`rewards\`: ⟦coffee: { kind: custom }⟧
instead of | { id: gold, reach: 100 status } => { id: gold, reach: 100 status, benefits: [‹free-shipping›] } | Declare it under \`benefits\`: ⟦free-shipping: { kind: free-shipping }⟧
section | memberships: { club: { fee: 49.00 USD, every: P1Y, benefits: [‹free-shipping›] } } | Declare it under \`benefits\`: ⟦free-shipping: { kind: free-shipping }⟧
section | partners: ‹[shell]› | Write ‹{ shell: {} }›
section | charities: { red-cross: ‹Red Cross› } | Write ‹{ name: { en: Red Cross } }›
instead of | places: { high-street: { zone: Europe/London } } => places: ‹[high-street]› | Write ‹{ high-street: {} }›
rule | on: ‹newsletter›, give: 5 points | Declare an activity under \`activities\`: ⟦newsletter: {}⟧, and write ‹activity.newsletter› here; or choose one of: order.paid, member.joined, member.birthday, member.anniversary, membership.renewed, activity.review
# Rules that multiply
rule | multiply: { by: 2, ‹› } | Add \`‹rule: base›\`, \`‹rule: climb›\` or \`‹rule: review›\`: the giving rule that gives more
rule | multiply: ‹2› | Write ‹{ rule: base, by: 2 }›, ‹{ rule: climb, by: 2 }› or ‹{ rule: review, by: 2 }›
rule | multiply: { rule: base, by: ‹1,5› } | Write a number from 1 to 1000 with at most four decimals: ‹1.5›
rule | multiply: { rule: base, by: ‹50%› } | Write a number from 1 to 1000 with at most four decimals: ‹1.5›, which is 50% more
rule | ‹on: order.paid, give: double points› | In place of \`on\`, \`give\` and \`per\`, write ‹multiply: { rule: base, by: 2 }›, ‹multiply: { rule: climb, by: 2 }› or ‹multiply: { rule: review, by: 2 }›
rule | multiply: ‹{ base: 2 }› | Write ‹{ rule: base, by: 2 }›
rule | multiply: { rule: base, by: 2 }, ‹per: order› | ‹›Leave it out: what multiplies holds wherever the rule does that it multiplies
# What has another name, or no key at all
order rule | ‹points: 5›, per: order | Write ‹give: 5 points›
order rule | give: 5 points, ‹every›: order | Did you mean \`‹per›\`?
rule | ‹event›: order.paid, give: 5 points, per: order | Did you mean \`‹on›\`?
reward | ‹type›: money-off, value: 5.00 USD, price: 5 points | Did you mean \`‹kind›\`?
reward | kind: money-off, value: 5.00 USD, ‹points: 500› | Write ‹price: 500 points›
reward | kind: free-shipping, price: ‹free› | Write ‹none›, and ⁅cap: { most: 1 times, each: calendar-month }⁆ beside it, or how often it may be
reward | kind: ‹coupon›, value: 5.00 USD, price: 5 points | Did you mean \`‹money-off›\`?
reward | kind: ‹freebie›, sku: X, price: 5 points | Did you mean \`‹product›\`?
reward | kind: money-off, value: 5.00 USD, price: 5 points, ‹expires: never› | ‹›Leave \`expires\` out: silence means for ever
order rule | give: 5 points, per: order, ‹category: bread› | Write ‹lines: 'line.category == "bread"'›
order rule | give: 5 points, per: item, ‹sku: A-1› | Write ‹lines: 'line.sku == "A-1"'›
order rule | give: 5 points, per: order, round: ‹up› | Did you mean \`‹ceil›\`?
order rule | give: 5 points, per: order, ‹priority: 1› | ‹›Leave it out: rules that compete are put into a group, which says which of them counts
order rule | give: 5 points, per: order, ‹name: Order bonus› | ‹›Leave it out: a rule is known by its id, and what members read is made of what it does
rule | multiply: { rule: base, ‹factor›: 2 } | Did you mean \`‹by›\`?
order rule | give: { tier: gold, ‹for›: P1Y } | Did you mean \`‹keep›\`?
order rule | give: ‹gold› | Write ‹{ tier: gold, keep: P1Y }›, or for how long it is kept
instead of | { id: gold, reach: 100 status } => { ‹tier›: gold, reach: 100 status } | Did you mean \`‹id›\`?
instead of | { id: gold, reach: 100 status } => { id: gold, ‹min›: 100 status } | Did you mean \`‹reach›\`?
instead of | - ladder: standing => - ‹tier›: standing | Did you mean \`‹ladder›\`?
instead of | inForce: { from: 2026-01-01 } => ‹start: 2026-01-01› | Write ‹inForce: { from: 2026-01-01 }›
instead of | name: { en: Corner Shop } => name: { ‹english: Corner Shop› } | Write ‹en›
instead of | review: { facts: { words: number, verified: yes-no, topic: text, spent: money } } => review: ‹yes› | Write ‹{}›
section | pools: { family: { of: points, share: 100%, most: 4 members, leaving: ‹keep› } } | Did you mean \`‹keep-in-pool›\`?
section | pools: { family: { of: points, share: 100%, ‹members: 4›, leaving: take-share } } | Write ‹most: 4 members›
section | minimumAge: ‹16› | For instance: ‹{ least: 16 years, neededFor: [redeem] }›
# Bounds, lists and spans as people say them
order rule | give: 5 points, per: order, cap: ‹max 50 points per month› | Write ‹{ most: 50 points, each: calendar-month }›
order rule | give: 5 points, per: order, ‹cap: unlimited› | ‹›Leave \`cap\` out: silence means without limit
order rule | give: 5 points, per: order, during: { days: ‹hafta sonu› } | Write ‹[saturday, sunday]›
order rule | give: 5 points, per: order, during: { days: [‹Sábado y domingo›] } | Write ‹saturday, sunday›
order rule | give: 5 points, per: order, during: { hours: ‹14 bis 17 Uhr› } | Write ‹{ from: 14:00, to: 17:00 }›
order rule | give: 5 points, per: order, during: ‹24. Dezember 2026› | Write ‹{ from: 2026-12-24, through: 2026-12-24 }›
order rule | give: 5 points, per: ‹sipariş› | Did you mean \`‹order›\`?
order rule | give: 5 points, per: order, when: '‹order.tags contains gift›' | Write ‹"gift" in order.tags›
reward | kind: product, sku: COFFEE, price: 5 points, ‹valid: 30 days› | Write ‹expires: P30D›
reward | kind: product, sku: COFFEE, price: 5 points, ‹available: monday› | Write ‹during: { days: [monday] }›
reward | kind: product, sku: COFFEE, price: 5 points, stock: ‹1.000› | Write a whole number, a blank and items: ‹1000 items›
instead of | { id: gold, reach: 100 status } => { id: gold, reach: ‹">= 100 status"› } | Write ‹100 status›
instead of | { id: gold, reach: 100 status } => { id: gold, reach: ‹1.000› } | Write the number, a blank and the asset: ‹1000 status›
instead of | { id: gold, reach: 100 status } => { id: gold, ‹points: 100› } | Write ‹reach: 100 status›
instead of | pending: P14D => pending: ‹order.delivered› | For instance: ‹{ until: order.delivered, longest: P30D }›
# Conditions as they are spoken
order rule | give: 5 points, per: order, ‹when: weekend› | Times have a key of their own: ‹during: { days: [saturday, sunday] }›
order rule | give: 5 points, per: order, ‹when: 'order.weekday == "monday"'› | Times have a key of their own: ‹during: { days: [monday] }›
order rule | give: 5 points, per: order, when: '‹member.tier == "gold"›' | Write ‹"gold" in member.tiers›
order rule | give: 5 points, per: order, when: '‹member.tier = "gold"›' | Write ‹"gold" in member.tiers›
order rule | give: 5 points, per: order, ‹when: 'order.category == "bread"'› | It is a fact of each line: ‹lines: 'line.category == "bread"'›
order rule | give: 5 points, per: order, when: '‹total > 30›' | Write ‹order.total > money("30.00")›
order rule | give: 5 points, per: order, when: '‹order.total is at least 30›' | Write ‹order.total >= money("30.00")›
order rule | give: 5 points, per: order, when: '‹order.total between 10 and 20›' | Write ‹order.total >= money("10.00") && order.total <= money("20.00")›
order rule | give: 5 points, per: order, when: '‹order.total > 1.000,50›' | Write ‹order.total > money("1000.50")›
order rule | give: 5 points, per: order, when: '‹first-order›' | Write ‹order.firstOrder›
`

/** Each by its place, under the heading of its kind. */
export const followedLines: readonly FollowedLine[] = table.split('\n').flatMap((line) => {
  const [place = '', written = '', told = ''] = line.split(' | ')
  return isPlace(place) ? [[place, written, told] as const] : []
})

const bare = (marked: string): string => marked.replace(/[‹›⁅⁆⟦⟧]/g, '')

function documentOf(place: Place, line: string): string {
  switch (place) {
    case 'order rule':
      return withRules(`  - { id: extra, on: order.paid, ${line} }`)
    case 'rule':
      return withRules(`  - { id: extra, ${line} }`)
    case 'reward':
      return withReward(line)
    case 'section':
      return documentWith({ more: line })
    case 'instead of': {
      const [right = '', wrong = ''] = line.split(' => ')
      return documentWith({}).replace(right, wrong)
    }
  }
}

const errorsOf = (document: string): readonly string[] =>
  compileProgram(document, { version: 0, hash: '' })
    .findings.filter(({ severity }) => severity === 'error')
    .map(({ instead }) => instead)

export const toldOf = ([place, written]: FollowedLine): readonly string[] => errorsOf(documentOf(place, bare(written)))
export const plainTold = ([, , told]: FollowedLine): string => bare(told)

/** Every document that the remedy leads to, with what is still wrong with it. */
export function followed([place, written, told]: FollowedLine): readonly (readonly [
  text: string,
  wrong: readonly string[],
])[] {
  return told.split('; or ').flatMap((way) => {
    const inPlace = [...way.matchAll(/‹([^›]*)›/g)].map(([, text = '']) => text)
    const beside = [...way.matchAll(/⁅([^⁆]*)⁆/g)].map(([, text = '']) => `, ${text}`).join('')
    const under = [...way.matchAll(/`([a-z]+)`: ⟦([^⟧]*)⟧/g)]
    const texts = inPlace.length > 0 ? inPlace : under.length > 0 ? [/‹([^›]*)›/.exec(written)?.[1] ?? ''] : []
    return texts.map((text) => {
      const line = `${written.replace(/‹[^›]*›/, text)}${beside}`.replace(/, (?=,|$)/g, '')
      const document = under.reduce(
        (made, [, section = '', entry = '']) => declared(made, section, entry),
        documentOf(place, line),
      )
      return [line, errorsOf(document)] as const
    })
  })
}

function declared(document: string, section: string, entry: string): string {
  if (document.includes(`\n${section}: {`)) return document.replace(`\n${section}: {`, `\n${section}: { ${entry},`)
  if (document.includes(`\n${section}:\n`)) return document.replace(`\n${section}:\n`, `\n${section}:\n  ${entry}\n`)
  return `${document}${section}:\n  ${entry}\n`
}
