/** A program that uses every word of the language that has a sentence; `variants` say what one program cannot say at once. */
export const documentWithEverything = `
laurel: 1
id: everything
name: { en: Everything, tr: Her şey, de: Alles, es: Todo, ar: كل شيء }
zone: Europe/Istanbul
currency: USD
inForce: { from: 2026-01-01 }
late: { accept: P30D, then: person, debt: waive, historyFrom: 2024-01-01 }
refunds: { accept: P60D, shortfall: debt, limit: 2000 points }
reservations: { last: PT1H30M }
unknownMembers: create
leaving: { forfeitAfter: P30D }
terms: { current: 2026-03, neededFor: [redeem] }
minimumAge: { least: 16 years, neededFor: [earn, redeem] }
staff: { earn: no }
publishing: { approval: second-person }
closing: { notice: 2027-01-01, lastEarn: 2027-03-31, lastBurn: 2027-06-30, left: forfeit }
holdout: { offers: 10%, challenges: 10%, messages: 10%, bonuses: 10% }
transitions:
  assets:
    old-points: { give: 2 points, per: 2.5 old-points, round: half-up }
    credit: keep
    old-stamps: { through: 2026-12-31 }
  tiers:
    standing/gold: keep
    standing/silver: { through: 2026-12-31 }
    standing/bronze: { to: gold, through: 2026-12-31 }
  rewards: { old-mug: keep }
  sessions: { evening/may: keep, evening/june: called-off }
  draws: { old-raffle: keep, old-lottery: called-off }

segments:
  students: { name: { en: Students, tr: Öğrenciler, de: Studierende, es: Estudiantes, ar: الطلاب } }
  press: { name: { en: Press, tr: Basın, de: Presse, es: Prensa, ar: الصحافة }, when: '"press" in member.tags && !("staff" in member.tags)' }

  goods: { name: { en: Goods, tr: Ürünler, de: Waren, es: Bienes, ar: بضائع }, when: 'member.orders > 3 && member.spend >= money("10.00") && member.daysSinceOrder > 60 && member.daysSinceJoined < 90' }
  holders: { name: { en: Holders, tr: Sahipler, de: Inhaber, es: Titulares, ar: حاملون }, when: '"explorer" in member.badges || "plus" in member.memberships || "gold" in member.tiers || "students" in member.segments' }

activities:
  review: { facts: { words: number, verified: yes-no, stars: number, site: text } }
  visit-us: {}

assets:
  points:
    kind: spendable
    name:
      en: { one: point, other: points }
      tr: puan
      de: { one: Punkt, other: Punkte }
      es: { one: punto, other: puntos }
      ar: { one: نقطة, two: نقطتين, few: نقاط, many: نقطة, other: نقطة }
    pending: P14D
    expires: { life: P12M, endOf: month }
    warn: [P30D, P7D]
    burnOrder: [promo]
    lapsedReturns: { member: P10D, shop: P30D }
    worth: { 100 points: 1.00 USD }
    gifting: { most: 500 points, each: calendar-month, least: 10 points }
  status:
    kind: qualifying
    name: { en: status points, tr: statü puanı, de: Statuspunkte, es: puntos de nivel, ar: نقاط المستوى }
    expires: never
  credit:
    kind: money
    name: { en: store credit, tr: mağaza bakiyesi, de: Guthaben, es: saldo, ar: رصيد }
    smallest: 0.01 credit
    pending: { until: order.delivered, longest: P30D }
    expires: { inactive: P6M, moves: [order.paid, redemption.confirmed, activity.review] }
  stamps:
    kind: stamps
    name: { en: stamps, tr: damga, de: Stempel, es: sellos, ar: أختام }
    expires: { date: 01-31, leastLife: P3M }
  tickets:
    kind: tickets
    name: { en: tickets, tr: bilet, de: Lose, es: boletos, ar: تذاكر }
    shown: no
    expires: { anniversary: joining, leastLife: P1M }

earn:
  - id: base
    on: order.paid
    give: 1 points
    per: 1.00 USD
    include: [tax, shipping]
    round: floor

  - id: weekend
    during: { days: [saturday, sunday], hours: { from: 09:00, to: 12:00 } }
    multiply: { rule: base, by: 2 }
    group: bonus

  - id: gold-rate
    for: { tier: [gold], not: { segment: [students] } }
    during: { from: 2026-04-10, through: 2026-04-12 }
    multiply: { rule: base, by: 1.5 }
    group: bonus
    exclusive: yes

  - id: status
    on: order.paid
    give: 1 status
    per: 1.00 USD
    round: ceil
    cap: { most: 900 status, each: calendar-day }

  - id: odd-orders
    on: order.paid
    when: 'order.eligible > money("5.00") && order.partner == "spa" && order.firstOrder'
    lines: 'line.sku == "A" || line.quantity > 2 || line.total > money("1.00") || line.unitPrice > money("1.00") || line.discount > money("0.00") || "tea" in line.categories || line.brand == "" || line.category != ""'
    give: 1 points
    per: order

  - id: unverified
    on: activity.review
    when: '!activity.verified'
    give: 1 points

  - { id: per-word, on: activity.review, give: 2 points, per: 1 activity.words }
  - { id: per-words, on: activity.review, give: 1 points, per: 25 activity.words, round: half-up }

  - id: early-birds
    during: { from: 2026-11-02 }
    multiply: { rule: status, by: 2 }

  - id: late-birds
    during: { through: 2026-12-31, except: [2026-12-24, 2026-12-25] }
    multiply: { rule: status, by: 3 }

  - id: share
    on: order.paid
    for: { membership: [plus] }
    lines: 'line.category in ["wine", "beer"] || line.brand == "Acme"'
    give: 3% credit
    round: half-even

  - id: item-stamp
    on: order.paid
    places: [high-street]
    channels: [web, till]
    give: 1 stamps
    per: item
    cap: { most: 5 stamps, each: order, whose: member, edge: trim }

  - id: full-basket
    on: order.paid
    partners: [spa]
    when: 'order.items >= 5 && (order.total > money("120.00") || order.shipping == money("0.00"))'
    give: 25 points
    per: order
    burnAs: promo
    expires: { life: P6M }
    cap: { most: 3 times, within: P30D, whose: member, edge: refuse }
    budget: { most: 500000 points, edge: trim }

  - id: first-shelf
    on: order.paid
    when: 'order.total < money("40.00") && order.items <= 2 && order.channel != "app" && order.partner != ""'
    give: 3 points
    per: order
    group: shelf

  - id: second-shelf
    on: order.paid
    when: 'order.lines == 3 && order.partner == ""'
    give: 5 points
    per: order
    group: shelf

  - id: review
    on: activity.review
    for: { badge: [explorer], tag: [press] }
    when: 'activity.verified && activity.words >= 30 && !(activity.site == "own")'
    give: 50 points
    cap: { most: 3 times, each: calendar-month, whose: member, edge: refuse }

  - id: long-review
    on: activity.review
    when: 'activity.site.startsWith("https")'
    give: 1 tickets
    cap: { most: 9 times, each: ever, whose: member, edge: refuse }

  - id: joining
    on: member.joined
    give: 10 points

  - id: birthday
    on: member.birthday
    give:
      - { reward: birthday-set }
      - { badge: explorer }
      - { tier: gold, keep: P1Y }

  - id: anniversary
    on: member.anniversary
    give: 10 points

  - id: renewed
    on: membership.renewed
    give: 20 points

  - id: for-the-city
    on: order.paid
    give: 2 points
    per: 10.00 USD
    charity: green-city
    round: half-up
    budget: { most: 10000.00 USD }

groups:
  bonus: { take: best }
  shelf: { take: best, cap: { most: 40 points, each: calendar-day } }
  birds: { take: first }

tiers:
  - ladder: standing
    measure: { earned: status }
    window: { calendar: year, keptThrough: next-period }
    rise: at-once
    fall: { to: earned, grace: P30D, warn: [P60D, P7D] }
    afterRefund: keep-to-window-end
    levels:
      - id: silver
        reach: 0 status
        name: { en: Silver, tr: Gümüş, de: Silber, es: Plata, ar: فضي }
      - id: gold
        reach: 350 status
        name: { en: Gold, tr: Altın, de: Gold, es: Oro, ar: ذهبي }
        benefits: [free-shipping, hotline]
        entry: { reward: birthday-set }
        expires: { points: { life: P24M } }
      - id: muse
        reach: 5000 status
        hidden: yes
        name: { en: Muse, tr: İlham, de: Muse, es: Musa, ar: ملهم }
      - id: circle
        reach: 9000 status
        invitation: yes
        name: { en: Circle, tr: Çember, de: Kreis, es: Círculo, ar: الدائرة }
  - ladder: friends
    measure: referrals
    window: lifetime
    rise: at-once
    fall: { to: never }
    levels:
      - { id: solo, reach: 0 times, name: { en: Solo, tr: Tek, de: Allein, es: Solo, ar: وحيد } }
      - { id: host, reach: 5 times, name: { en: Host, tr: Ev sahibi, de: Gastgeber, es: Anfitrión, ar: مضيف } }
  - ladder: guests
    measure: visits
    window: { rolling: P12M }
    rise: at-once
    fall: { to: one-step }
    afterRefund: revoke
    levels:
      - { id: guest, reach: 0 visits, name: { en: Guest, tr: Misafir, de: Gast, es: Invitado, ar: ضيف } }
      - { id: regular, reach: 3 visits, name: { en: Regular, tr: Müdavim, de: Stammgast, es: Habitual, ar: زائر دائم } }
  - ladder: buyers
    measure: orders
    window: { anniversary: joining }
    rise: period-end
    fall: { to: earned }
    levels:
      - { id: first, reach: 0 orders, name: { en: First, tr: İlk, de: Erste, es: Primera, ar: الأول } }
      - { id: tenth, reach: 10 orders, name: { en: Tenth, tr: Onuncu, de: Zehnte, es: Décima, ar: العاشر } }
  - ladder: spenders
    measure: spend
    window: { resets: 04-01 }
    rise: at-once
    fall: { to: earned }
    levels:
      - { id: small, reach: 0.00 USD, name: { en: Small, tr: Küçük, de: Klein, es: Pequeño, ar: صغير } }
      - { id: large, reach: 900.00 USD, name: { en: Large, tr: Büyük, de: Groß, es: Grande, ar: كبير } }
  - ladder: writers
    measure: { activity: review }
    window: { calendar: month }
    rise: at-once
    fall: { to: earned }
    levels:
      - { id: reader, reach: 0 times, name: { en: Reader, tr: Okur, de: Leser, es: Lector, ar: قارئ } }
      - { id: writer, reach: 4 times, name: { en: Writer, tr: Yazar, de: Schreiber, es: Escritor, ar: كاتب } }

benefits:
  free-shipping: { kind: free-shipping, basket: { least: 25.00 USD } }
  wine-price: { kind: percent-off, value: 5%, lines: 'line.category == "wine"' }
  early-doors: { kind: access, opens: PT24H, for: { segment: [students] } }
  adviser: { kind: adviser }
  hotline: { kind: service, worth: 8.00 USD, name: { en: Hotline, tr: Yardım hattı, de: Telefon, es: Teléfono, ar: خط مباشر } }

rewards:
  ten-off:
    kind: money-off
    name: { en: Ten off, tr: On indirim, de: Zehn weniger, es: Diez menos, ar: خصم عشرة }
    value: 10.00 USD
    price: 500 points
    priceFor:
      - { for: { tier: [gold] }, price: 400 points }
    for: { tier: [gold] }
    stock: 200 items
    cap: { most: 2 times, each: calendar-quarter }
    expires: P90D
    basket: { least: 30.00 USD, lines: 'line.kind != "gift-card"' }
    together: yes
    instead: { charity: green-city, value: 10.00 USD }
    codes: uploaded
  fifth-off: { kind: percent-off, value: 20%, most: 8.00 USD, price: 50 points, expires: { life: P30D, endOf: quarter }, name: { en: A fifth off, tr: Beşte bir, de: Ein Fünftel, es: Un quinto, ar: خصم الخمس } }
  tenth-off: { kind: percent-off, value: 10%, price: 50 points, expires: { life: P30D, endOf: year }, name: { en: A tenth off, tr: Onda bir, de: Ein Zehntel, es: Un décimo, ar: خصم العشر } }
  ship-free: { kind: free-shipping, price: 50 points, expires: { life: P30D, endOf: month }, name: { en: Ship free, tr: Kargo bizden, de: Versand frei, es: Sin gastos, ar: الشحن علينا } }
  birthday-set: { kind: product, sku: B, stock: 40 items, name: { en: Birthday set, tr: Doğum günü seti, de: Geburtstagsset, es: Lote de cumpleaños, ar: طقم عيد الميلاد } }
  surprise: { kind: custom, price: none, cap: { most: 1 times, each: calendar-week }, name: { en: Surprise, tr: Sürpriz, de: Überraschung, es: Sorpresa, ar: مفاجأة } }
  card: { kind: gift-card, value: 25.00 USD, price: 900 points, name: { en: Card, tr: Kart, de: Karte, es: Tarjeta, ar: بطاقة } }
  pay: { kind: pay-with-points, least: 100 points, most: 5000 points, step: 50 points, name: { en: Pay, tr: Öde, de: Zahlen, es: Pagar, ar: ادفع } }
  evening:
    kind: experience
    name: { en: Evening, tr: Akşam, de: Abend, es: Velada, ar: أمسية }
    price: 2000 points
    sessions:
      - { id: may, starts: 2026-05-02T18:00, place: high-street, seats: 12 seats }
      - { id: june, starts: 2026-06-06T18:00, seats: 1 seats }
    cancel: { before: P2D }
    waiting: { accept: PT12H }
  backstage: { kind: experience, price: 2000 points, sessions: [{ id: one, starts: 2026-05-02T18:00, seats: 2 seats }], name: { en: Backstage, tr: Kulis, de: Kulissen, es: Bastidores, ar: الكواليس } }
  preview: { kind: access, price: 150 points, during: { from: 2026-08-24, through: 2026-08-31 }, name: { en: Preview, tr: Ön gösterim, de: Vorschau, es: Avance, ar: عرض مسبق } }
  doors: { kind: access, price: 150 points, opens: PT24H, name: { en: Doors, tr: Kapılar, de: Türen, es: Puertas, ar: الأبواب } }
  trees: { kind: donation, charity: green-city, price: 100 points, name: { en: Trees, tr: Ağaçlar, de: Bäume, es: Árboles, ar: أشجار } }
  shoes: { kind: donation, charity: green-city, value: 3.00 USD, name: { en: Shoes, tr: Ayakkabı, de: Schuhe, es: Zapatos, ar: أحذية } }
  three-tickets: { kind: exchange, price: 50 points, gets: 3 tickets, name: { en: Three tickets, tr: Üç bilet, de: Drei Lose, es: Tres boletos, ar: ثلاث تذاكر } }
  spa-miles: { kind: exchange, partner: spa, price: 50 points, gets: 50 miles, name: { en: Spa miles, tr: Spa milleri, de: Spa-Meilen, es: Millas spa, ar: أميال المنتجع } }

cards:
  ten: { of: stamps, full: 10 stamps, give: [{ reward: birthday-set }, { reward: shoes }, { reward: surprise }], repeat: yes }
  hundred: { of: points, full: 100 points, give: 1 tickets, repeat: no }

challenges:
  shelves:
    goal: { orders: { atLeast: 3 times }, distinct: category }
    window: { calendar: month }
    milestones: [{ id: second, reach: 2 times, give: 20 points }]
    give: [{ badge: explorer }, 100 points]
    repeat: each-window
    streak: { reach: 4 times, freeze: 1 times, give: 60 points }
    afterRefund: revoke
    budget: { most: 50 times, edge: refuse }
  brands: { goal: { items: { moreThan: 5 items }, distinct: brand }, window: { calendar: week }, give: 5 points, repeat: always }
  articles: { goal: { items: { atLeast: 5 items }, distinct: sku, when: 'order.place == "high-street"' }, window: { calendar: quarter }, give: 5 points }
  places: { goal: { orders: { atLeast: 2 times }, distinct: place }, window: { calendar: year }, give: 5 points }
  days: { goal: { visits: { atLeast: 2 visits }, places: [high-street] }, window: { calendar: month }, give: 5 points }
  tasks: { goal: { activities: { atLeast: 2 times, of: review }, distinct: day }, window: { from: 2026-03-01, through: 2026-03-02 }, give: 5 points, repeat: once }
  daily: { goal: { activities: { atLeast: 2 times, of: review } }, window: { calendar: day }, give: 5 points }
  one-day: { goal: { activities: { atLeast: 2 times, of: review } }, window: { from: 2026-03-01, through: 2026-03-01 }, give: 5 points }
  collector: { goal: { earned: { atLeast: 500 points } }, window: lifetime, give: 5 points, repeat: once }
  spender: { goal: { spend: { atLeast: 40.00 USD } }, window: { from: 2026-03-01, through: 2026-03-31 }, give: 5 points }
  host: { goal: { referrals: { atLeast: 2 times } }, window: { calendar: year }, give: 5 points }

badges:
  explorer: { name: { en: Explorer, tr: Kâşif, de: Entdecker, es: Explorador, ar: مستكشف }, each: ever }
  monthly: { name: { en: Monthly, tr: Aylık, de: Monatlich, es: Mensual, ar: شهري }, each: calendar-month }
  quarterly: { name: { en: Quarterly, tr: Çeyreklik, de: Vierteljährlich, es: Trimestral, ar: فصلي }, each: calendar-quarter }
  yearly: { name: { en: Yearly, tr: Yıllık, de: Jährlich, es: Anual, ar: سنوي }, each: calendar-year }

leaderboards:
  sprint: { measure: { earned: points }, window: { calendar: month }, ties: share, top: 10 members, ranks: [{ rank: 1, give: 500 points }, { rank: 2-10, give: 100 points }] }
  relay: { measure: orders, window: { from: 2026-03-01, through: 2026-03-31 }, ties: first, top: 5 members, ranks: [{ rank: 1, give: 500 points }] }
  writers: { measure: { activity: review }, window: { calendar: month }, ties: first, top: 5 members, ranks: [{ rank: 1, give: 500 points }] }

draws:
  bicycle: { of: tickets, window: { from: 2026-03-01, through: 2026-03-31 }, winners: 3 winners, give: { reward: birthday-set } }

offers:
  come-back:
    goal: { order: { moreThan: 25.00 USD } }
    window: { length: P14D, end: closed }
    give: 200 points
    exclusive: yes
    seen: required
    sendTo: { for: { segment: [students] } }
  news: { informs: { en: The new collection is in, tr: Yeni koleksiyon geldi, de: Die neue Kollektion ist da, es: Ya está la nueva colección, ar: وصلت المجموعة الجديدة } }

referral:
  friend: 100 points
  advocate: 300 points
  goal: { order: { atLeast: 30.00 USD } }
  hold: P15D
  cap: { most: 20 times, each: calendar-year }
  review: { sameDevice: yes, sameAddress: yes, samePayment: yes, velocity: 5 times, within: P1D }

memberships:
  plus: { name: { en: Plus, tr: Artı, de: Plus, es: Más, ar: بلس }, fee: 59.00 USD, every: P1Y, trial: P30D, grace: P14D, cancel: period-end, benefits: [wine-price], entry: 200 points }
  trial: { name: { en: Try, tr: Dene, de: Probe, es: Prueba, ar: تجربة }, fee: 5.00 USD, every: P1M, cancel: at-once, benefits: [adviser] }

pools:
  household: { of: points, share: 100%, burn: everyone, most: 6 members, leaving: keep-in-pool }
  club: { of: points, share: 50%, burn: founder, most: 20 members, leaving: take-share }

partners:
  spa: { name: { en: Spa House, tr: Spa Evi, de: Spa-Haus, es: Casa Spa, ar: بيت المنتجع }, settles: { 100 points: 0.80 USD }, earn: yes, burn: yes }

charities:
  green-city: { name: { en: Green City, tr: Yeşil Şehir, de: Grüne Stadt, es: Ciudad Verde, ar: المدينة الخضراء }, impact: { per: 100 points, brings: { en: a tree, tr: bir ağaç, de: ein Baum, es: un árbol, ar: شجرة } } }

places:
  high-street: { zone: Europe/Istanbul, name: { en: High Street, tr: Ana Cadde, de: Hauptstraße, es: Calle Mayor, ar: الشارع الرئيسي }, partner: spa }
`

/** What one program cannot say at once: so much of the document is replaced by so much. */
export const variants: readonly (readonly [was: string, becomes: string])[] = [
  ['inForce: { from: 2026-01-01 }', 'inForce: { from: always }'],
  ['    kind: stamps\n', '    kind: stamps\n    shown: no\n'],
  ['shortfall: debt, limit: 2000 points', 'shortfall: waive'],
  ['unknownMembers: create', 'unknownMembers: refuse'],
  ['forfeitAfter: P30D', 'forfeitAfter: none'],
  ['staff: { earn: no }', 'staff: { earn: yes }'],
  ['left: forfeit', 'left: { charity: green-city }'],
  ['    pending: P14D\n    expires: { life: P12M, endOf: month }', '    pending: none\n    expires: never'],
  ['endOf: month }\n    warn', 'endOf: quarter }\n    warn'],
  ['endOf: month }\n    warn', 'endOf: year }\n    warn'],
  ['shelf: { take: best,', 'shelf: { take: first,'],
  ['bonus: { take: best }', 'bonus: { take: first }'],
  [
    'rule: status, by: 2 }\n\n  - id: late-birds',
    'rule: status, by: 2 }\n    group: birds\n\n  - id: late-birds\n    group: birds',
  ],
  ['hours: { from: 09:00, to: 12:00 }', 'hours: { from: 22:00, to: 02:00 }'],
  [
    'price: 400 points }\n',
    'price: 400 points }\n      - { for: { segment: [students], not: { tag: [press] } }, price: 450 points }\n',
  ],
  ['on: member.anniversary\n    give: 10 points', 'on: member.anniversary\n    give: { tier: muse, keep: P1Y }'],
  ['    give: 1 status\n    per: 1.00 USD', '    give: 1 status\n    per: 1.00 USD\n    crossing: split'],
  ['    give: 1 status\n    per: 1.00 USD', '    give: 1 status\n    per: 1.00 USD\n    stack: multiply'],
  ['window: { calendar: year, keptThrough: next-period }', 'window: { calendar: quarter, rollOver: yes }'],
  ['window: { calendar: year, keptThrough: next-period }', 'window: { calendar: month, rollOver: 100 status }'],
  ['    give: 25 points\n    per: order', '    give: 25 points\n    per: visit'],
  ['each: order, whose: member, edge: trim', 'each: calendar-day, whose: place, edge: trim'],
  ['each: order, whose: member, edge: trim', 'each: calendar-week, whose: program, edge: trim'],
  ['  card: { kind: gift-card,', '  card: { kind: gift-card, expires: P12M,'],
  ['include: [tax, shipping]', 'include: [tip, gift-card, points, stored-value]'],
]
