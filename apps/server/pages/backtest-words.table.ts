import type { Assumption, Language } from '@laurel/engine'

/** What the page of a backtest says. `{braces}` are places; numbers stand after a colon, where no language bends the words beside them. */
export interface BacktestWords {
  readonly title: string
  readonly lead: string
  readonly history: string
  readonly assumed: Readonly<Record<Assumption, string>>
  readonly comparedWith: string
  readonly earned: string
  readonly fares: string
  readonly sameAsFirst: string
  readonly gaps: string
  readonly rejected: string
  readonly reproduced: string
  readonly notReproduced: string
  readonly tooFar: string
  readonly silent: string
  readonly ranOut: string
  readonly firstOnly: string
  readonly nothing: string
  readonly questions: {
    readonly months: string
    readonly rules: string
    readonly books: string
    readonly tiers: string
    readonly changes: string
    readonly aims: string
    readonly sizes: string
    readonly segments: string
    readonly gaps: string
    readonly cuts: string
    readonly rooms: string
    readonly vouchers: string
    readonly refused: string
  }
  readonly columns: {
    readonly asset: string
    readonly candidate: string
    readonly month: string
    readonly rule: string
    readonly given: string
    readonly takenBack: string
    readonly net: string
    readonly worth: string
    readonly earned: string
    readonly spent: string
    readonly broken: string
    readonly outstanding: string
    readonly debt: string
    readonly level: string
    readonly members: string
    readonly share: string
    readonly up: string
    readonly down: string
    readonly aim: string
    readonly reached: string
    readonly near: string
    readonly difference: string
    readonly segment: string
    readonly gained: string
    readonly lost: string
    readonly same: string
    readonly more: string
    readonly less: string
    readonly member: string
    readonly before: string
    readonly after: string
    readonly cap: string
    readonly times: string
    readonly amount: string
    readonly room: string
    readonly whole: string
    readonly asked: string
    readonly ranOutOn: string
    readonly reward: string
    readonly status: string
    readonly count: string
    readonly reason: string
  }
}

export const backtestWords: Readonly<Record<Language, BacktestWords>> = {
  en: {
    title: 'What would have been',
    lead: 'The same history, lived again under each program. Nothing was stored, and nobody was told.',
    history: 'Events: {events}. Members: {members}. Until {until}.',
    assumed: {
      'as-asked': 'Assumed: members ask for the rewards that they did ask for.',
      none: 'Assumed: members spend nothing. It is the most that could be owed to them.',
      'at-once':
        'Assumed: whoever can afford the cheapest reward takes it at once. It is the most that could be redeemed.',
    },
    comparedWith: 'Everything is compared with {first}.',
    earned: '{draft}: {asset} earned: {amount}, against {first}: {change}.',
    fares: 'Members with more: {gained}. With less: {lost}. The same: {same}.',
    sameAsFirst: '{draft} changes nothing for anybody.',
    gaps: 'No orders in {months}. If the shop was open then, the history is not whole.',
    rejected: 'Events that could not be used: {count}. The first: {first}',
    reproduced: 'What ran, lived again, comes to the ledger as it stands. Transfers compared: {transfers}.',
    notReproduced:
      'What ran, lived again, does not come to the ledger. Transfers that differ: {differing}, of {transfers}. The first: {first}.',
    tooFar: '{draft}: out of reach, since fewer than {percent} come to it or near it: {aims}.',
    silent: '{draft}: gave nothing to anybody: {rules}.',
    ranOut: '{draft}: {room} would have run out on {day}.',
    firstOnly: 'Shown are the first {shown} of {all}.',
    nothing: 'none',
    questions: {
      months: 'How many {asset} do members earn each month?',
      rules: 'What does each rule give?',
      books: 'What becomes of {asset}?',
      tiers: 'Who stands where in the end?',
      changes: 'How many rise and how many fall?',
      aims: 'What can members reach?',
      sizes: 'How much does {draft} change for a member?',
      segments: 'Which segments gain and which lose?',
      gaps: 'For whom does {draft} change most?',
      cuts: 'What do caps and budgets cut?',
      rooms: 'How long do budgets last?',
      vouchers: 'What becomes of vouchers?',
      refused: 'Which requests are refused?',
    },
    columns: {
      asset: 'What',
      candidate: 'Program',
      month: 'Month',
      rule: 'Rule',
      given: 'Given',
      takenBack: 'Taken back',
      net: 'Net',
      worth: 'Worth',
      earned: 'Earned',
      spent: 'Spent',
      broken: 'Lapsed or forfeited',
      outstanding: 'Still with members',
      debt: 'Owed by members',
      level: 'Level',
      members: 'Members',
      share: 'Share',
      up: 'Rise',
      down: 'Fall',
      aim: 'What',
      reached: 'Reached it',
      near: 'Came near',
      difference: 'Difference',
      segment: 'Segment',
      gained: 'Have more',
      lost: 'Have less',
      same: 'The same',
      more: 'More, in all',
      less: 'Less, in all',
      member: 'Member',
      before: 'Before',
      after: 'After',
      cap: 'Cap',
      times: 'How often',
      amount: 'How much',
      room: 'Budget',
      whole: 'In it',
      asked: 'Asked of it',
      ranOutOn: 'Runs out on',
      reward: 'Reward',
      status: 'Became',
      count: 'How many',
      reason: 'Reason',
    },
  },
  tr: {
    title: 'Ne olurdu',
    lead: 'Aynı geçmiş, her programla yeniden yaşandı. Hiçbir şey kaydedilmedi, kimseye bir şey bildirilmedi.',
    history: 'Olaylar: {events}. Üyeler: {members}. Son an: {until}.',
    assumed: {
      'as-asked': 'Varsayım: üyeler, gerçekte istedikleri ödülleri isterler.',
      none: 'Varsayım: üyeler hiçbir şey harcamaz. Onlara borçlu kalınabilecek en yüksek tutar budur.',
      'at-once': 'Varsayım: en ucuz ödüle gücü yeten onu hemen alır. Kullanılabilecek en yüksek tutar budur.',
    },
    comparedWith: 'Her şey şununla karşılaştırılır: {first}.',
    earned: '{draft}: kazanılan {asset}: {amount}, {first} ile fark: {change}.',
    fares: 'Daha çoğu olan üyeler: {gained}. Daha azı olanlar: {lost}. Aynı kalanlar: {same}.',
    sameAsFirst: '{draft}: kimse için bir şey değişmez.',
    gaps: 'Siparişi olmayan aylar: {months}. Dükkân o zaman açıksa geçmiş eksiktir.',
    rejected: 'Kullanılamayan olaylar: {count}. İlki: {first}',
    reproduced:
      'Çalışan program yeniden yaşandığında defterdeki kayıtlara ulaşır. Karşılaştırılan hareketler: {transfers}.',
    notReproduced:
      'Çalışan program yeniden yaşandığında defterdeki kayıtlara ulaşmaz. Farklı hareketler: {differing}, toplam: {transfers}. İlki: {first}.',
    tooFar: '{draft}: erişilemez, çünkü ulaşan ya da yaklaşanların payı şundan az: {percent}: {aims}.',
    silent: '{draft}: kimseye bir şey vermeyenler: {rules}.',
    ranOut: '{draft}: {room} şu gün tükenirdi: {day}.',
    firstOnly: 'Gösterilen: {all} içinden ilk {shown}.',
    nothing: 'yok',
    questions: {
      months: 'Üyeler her ay ne kadar {asset} kazanır?',
      rules: 'Her kural ne verir?',
      books: '{asset} ne olur?',
      tiers: 'Sonunda kim nerede durur?',
      changes: 'Kaç üye yükselir, kaçı düşer?',
      aims: 'Üyeler neye ulaşabilir?',
      sizes: '{draft} bir üye için ne kadar değiştirir?',
      segments: 'Hangi gruplar kazanır, hangileri kaybeder?',
      gaps: '{draft} en çok kimin için değiştirir?',
      cuts: 'Sınırlar ve bütçeler neyi keser?',
      rooms: 'Bütçeler ne kadar dayanır?',
      vouchers: 'Kuponlar ne olur?',
      refused: 'Hangi istekler geri çevrilir?',
    },
    columns: {
      asset: 'Ne',
      candidate: 'Program',
      month: 'Ay',
      rule: 'Kural',
      given: 'Verilen',
      takenBack: 'Geri alınan',
      net: 'Net',
      worth: 'Değeri',
      earned: 'Kazanılan',
      spent: 'Harcanan',
      broken: 'Süresi dolan',
      outstanding: 'Üyelerde kalan',
      debt: 'Üyelerin borcu',
      level: 'Seviye',
      members: 'Üye',
      share: 'Pay',
      up: 'Yükselen',
      down: 'Düşen',
      aim: 'Ne',
      reached: 'Ulaşan',
      near: 'Yaklaşan',
      difference: 'Fark',
      segment: 'Grup',
      gained: 'Daha çoğu olan',
      lost: 'Daha azı olan',
      same: 'Aynı',
      more: 'Toplam artış',
      less: 'Toplam azalış',
      member: 'Üye',
      before: 'Önce',
      after: 'Sonra',
      cap: 'Sınır',
      times: 'Kaç kez',
      amount: 'Ne kadar',
      room: 'Bütçe',
      whole: 'İçindeki',
      asked: 'İstenen',
      ranOutOn: 'Tükendiği gün',
      reward: 'Ödül',
      status: 'Ne oldu',
      count: 'Kaç tane',
      reason: 'Neden',
    },
  },
  de: {
    title: 'Was gewesen wäre',
    lead: 'Dieselbe Geschichte, unter jedem Programm noch einmal gelebt. Nichts wurde gespeichert, niemand hat etwas erfahren.',
    history: 'Ereignisse: {events}. Mitglieder: {members}. Bis {until}.',
    assumed: {
      'as-asked': 'Angenommen: Mitglieder verlangen die Prämien, die sie verlangt haben.',
      none: 'Angenommen: Mitglieder geben nichts aus. Mehr kann ihnen nicht geschuldet werden.',
      'at-once':
        'Angenommen: Wer sich die günstigste Prämie leisten kann, nimmt sie sofort. Mehr kann nicht eingelöst werden.',
    },
    comparedWith: 'Verglichen wird mit {first}.',
    earned: '{draft}: {asset} gesammelt: {amount}, gegenüber {first}: {change}.',
    fares: 'Mitglieder mit mehr: {gained}. Mit weniger: {lost}. Gleich: {same}.',
    sameAsFirst: '{draft} ändert für niemanden etwas.',
    gaps: 'Keine Bestellungen in {months}. War das Geschäft damals offen, ist die Geschichte nicht vollständig.',
    rejected: 'Ereignisse, die nicht zu gebrauchen waren: {count}. Das erste: {first}',
    reproduced: 'Was galt, noch einmal gelebt, kommt zum Buch, wie es steht. Verglichene Buchungen: {transfers}.',
    notReproduced:
      'Was galt, noch einmal gelebt, kommt nicht zum Buch. Abweichende Buchungen: {differing}, von {transfers}. Die erste: {first}.',
    tooFar: '{draft}: außer Reichweite, weil weniger als {percent} hinkommen oder nahe: {aims}.',
    silent: '{draft}: gab niemandem etwas: {rules}.',
    ranOut: '{draft}: {room} wäre am {day} aufgebraucht gewesen.',
    firstOnly: 'Gezeigt sind die ersten {shown} von {all}.',
    nothing: 'keine',
    questions: {
      months: 'Wie viel {asset} sammeln Mitglieder in jedem Monat?',
      rules: 'Was gibt jede Regel?',
      books: 'Was wird aus {asset}?',
      tiers: 'Wer steht am Ende wo?',
      changes: 'Wie viele steigen auf, wie viele ab?',
      aims: 'Was können Mitglieder erreichen?',
      sizes: 'Wie viel ändert {draft} für ein Mitglied?',
      segments: 'Welche Segmente gewinnen, welche verlieren?',
      gaps: 'Für wen ändert {draft} am meisten?',
      cuts: 'Was schneiden Grenzen und Budgets ab?',
      rooms: 'Wie lange reichen die Budgets?',
      vouchers: 'Was wird aus Gutscheinen?',
      refused: 'Welche Anfragen werden abgelehnt?',
    },
    columns: {
      asset: 'Was',
      candidate: 'Programm',
      month: 'Monat',
      rule: 'Regel',
      given: 'Gegeben',
      takenBack: 'Zurückgenommen',
      net: 'Netto',
      worth: 'Wert',
      earned: 'Gesammelt',
      spent: 'Ausgegeben',
      broken: 'Verfallen',
      outstanding: 'Noch bei Mitgliedern',
      debt: 'Von Mitgliedern geschuldet',
      level: 'Stufe',
      members: 'Mitglieder',
      share: 'Anteil',
      up: 'Aufstieg',
      down: 'Abstieg',
      aim: 'Was',
      reached: 'Erreicht',
      near: 'Nahe daran',
      difference: 'Unterschied',
      segment: 'Segment',
      gained: 'Haben mehr',
      lost: 'Haben weniger',
      same: 'Gleich',
      more: 'Mehr, zusammen',
      less: 'Weniger, zusammen',
      member: 'Mitglied',
      before: 'Vorher',
      after: 'Nachher',
      cap: 'Grenze',
      times: 'Wie oft',
      amount: 'Wie viel',
      room: 'Budget',
      whole: 'Darin',
      asked: 'Verlangt',
      ranOutOn: 'Aufgebraucht am',
      reward: 'Prämie',
      status: 'Wurde',
      count: 'Wie viele',
      reason: 'Grund',
    },
  },
  es: {
    title: 'Lo que habría pasado',
    lead: 'La misma historia, vivida de nuevo con cada programa. No se guardó nada ni se avisó a nadie.',
    history: 'Eventos: {events}. Miembros: {members}. Hasta: {until}.',
    assumed: {
      'as-asked': 'Se supone que los miembros piden las recompensas que pidieron.',
      none: 'Se supone que los miembros no gastan nada. Es lo máximo que se les podría deber.',
      'at-once':
        'Se supone que quien puede pagar la recompensa más barata la toma en el acto. Es lo máximo que se podría canjear.',
    },
    comparedWith: 'Todo se compara con {first}.',
    earned: '{draft}: {asset} ganados: {amount}; frente a {first}: {change}.',
    fares: 'Miembros con más: {gained}. Con menos: {lost}. Igual: {same}.',
    sameAsFirst: '{draft} no cambia nada para nadie.',
    gaps: 'Sin pedidos en {months}. Si la tienda estaba abierta, la historia no está completa.',
    rejected: 'Eventos que no se pudieron usar: {count}. El primero: {first}',
    reproduced: 'Lo que rigió, vivido de nuevo, llega al libro tal como está. Movimientos comparados: {transfers}.',
    notReproduced:
      'Lo que rigió, vivido de nuevo, no llega al libro. Movimientos distintos: {differing}, de {transfers}. El primero: {first}.',
    tooFar: '{draft}: fuera de alcance, porque llega o se acerca menos del {percent}: {aims}.',
    silent: '{draft}: no dio nada a nadie: {rules}.',
    ranOut: '{draft}: {room} se habría agotado el {day}.',
    firstOnly: 'Se muestran los primeros {shown} de {all}.',
    nothing: 'ninguno',
    questions: {
      months: '¿Cuántos {asset} ganan los miembros cada mes?',
      rules: '¿Qué da cada regla?',
      books: '¿Qué pasa con {asset}?',
      tiers: '¿Dónde está cada cual al final?',
      changes: '¿Cuántos suben y cuántos bajan?',
      aims: '¿Qué pueden alcanzar los miembros?',
      sizes: '¿Cuánto cambia {draft} para un miembro?',
      segments: '¿Qué segmentos ganan y cuáles pierden?',
      gaps: '¿Para quién cambia más {draft}?',
      cuts: '¿Qué recortan los límites y presupuestos?',
      rooms: '¿Cuánto duran los presupuestos?',
      vouchers: '¿Qué pasa con los cupones?',
      refused: '¿Qué solicitudes se rechazan?',
    },
    columns: {
      asset: 'Qué',
      candidate: 'Programa',
      month: 'Mes',
      rule: 'Regla',
      given: 'Dado',
      takenBack: 'Retirado',
      net: 'Neto',
      worth: 'Valor',
      earned: 'Ganado',
      spent: 'Gastado',
      broken: 'Caducado o perdido',
      outstanding: 'Aún de los miembros',
      debt: 'Deben los miembros',
      level: 'Nivel',
      members: 'Miembros',
      share: 'Parte',
      up: 'Suben',
      down: 'Bajan',
      aim: 'Qué',
      reached: 'Llegaron',
      near: 'Se acercaron',
      difference: 'Diferencia',
      segment: 'Segmento',
      gained: 'Tienen más',
      lost: 'Tienen menos',
      same: 'Igual',
      more: 'Más, en total',
      less: 'Menos, en total',
      member: 'Miembro',
      before: 'Antes',
      after: 'Después',
      cap: 'Límite',
      times: 'Cuántas veces',
      amount: 'Cuánto',
      room: 'Presupuesto',
      whole: 'Contiene',
      asked: 'Se le pide',
      ranOutOn: 'Se agota el',
      reward: 'Recompensa',
      status: 'Acabó',
      count: 'Cuántos',
      reason: 'Motivo',
    },
  },
  ar: {
    title: 'ماذا كان سيحدث',
    lead: 'التاريخ نفسه، أُعيد تحت كل برنامج. لم يُحفظ شيء، ولم يُبلَّغ أحد.',
    history: 'الأحداث: {events}. الأعضاء: {members}. حتى: {until}.',
    assumed: {
      'as-asked': 'الافتراض: يطلب الأعضاء المكافآت التي طلبوها فعلًا.',
      none: 'الافتراض: لا ينفق الأعضاء شيئًا. هذا أقصى ما قد يُستحق لهم.',
      'at-once': 'الافتراض: من يستطيع أرخص مكافأة يأخذها فورًا. هذا أقصى ما قد يُستبدل.',
    },
    comparedWith: 'تُقارن النتائج كلها مع: {first}.',
    earned: '{draft}: المكتسب من {asset}: {amount}، مقارنةً مع {first}: {change}.',
    fares: 'أعضاء لديهم أكثر: {gained}. لديهم أقل: {lost}. بلا تغيير: {same}.',
    sameAsFirst: '{draft}: لا يتغير شيء لأحد.',
    gaps: 'لا طلبات في: {months}. إن كان المتجر مفتوحًا حينها فالتاريخ ناقص.',
    rejected: 'أحداث تعذّر استخدامها: {count}. أولها: {first}',
    reproduced: 'ما كان ساريًا، عند إعادته، يطابق الدفتر كما هو. الحركات المقارنة: {transfers}.',
    notReproduced:
      'ما كان ساريًا، عند إعادته، لا يطابق الدفتر. الحركات المختلفة: {differing} من {transfers}. أولها: {first}.',
    tooFar: '{draft}: بعيد المنال، لأن من يبلغه أو يقترب منه أقل من {percent}: {aims}.',
    silent: '{draft}: لم يمنح أحدًا شيئًا: {rules}.',
    ranOut: '{draft}: كان {room} سينفد في {day}.',
    firstOnly: 'المعروض: أول {shown} من {all}.',
    nothing: 'لا شيء',
    questions: {
      months: 'كم يكسب الأعضاء من {asset} كل شهر؟',
      rules: 'ماذا تمنح كل قاعدة؟',
      books: 'إلى أين تذهب {asset}؟',
      tiers: 'أين يقف كل عضو في النهاية؟',
      changes: 'كم عضوًا يصعد وكم عضوًا يهبط؟',
      aims: 'إلى ماذا يمكن للأعضاء الوصول؟',
      sizes: 'كم يغيّر {draft} للعضو الواحد؟',
      segments: 'أي المجموعات تربح وأيها تخسر؟',
      gaps: 'لمن يغيّر {draft} أكثر؟',
      cuts: 'ماذا تقتطع الحدود والميزانيات؟',
      rooms: 'كم تدوم الميزانيات؟',
      vouchers: 'إلى ماذا تؤول القسائم؟',
      refused: 'أي الطلبات تُرفض؟',
    },
    columns: {
      asset: 'ماذا',
      candidate: 'البرنامج',
      month: 'الشهر',
      rule: 'القاعدة',
      given: 'مُنح',
      takenBack: 'استُرد',
      net: 'الصافي',
      worth: 'القيمة',
      earned: 'المكتسب',
      spent: 'المنفق',
      broken: 'المنتهي أو المفقود',
      outstanding: 'ما زال لدى الأعضاء',
      debt: 'دين على الأعضاء',
      level: 'المستوى',
      members: 'الأعضاء',
      share: 'النسبة',
      up: 'صعود',
      down: 'هبوط',
      aim: 'ماذا',
      reached: 'بلغوه',
      near: 'اقتربوا',
      difference: 'الفرق',
      segment: 'المجموعة',
      gained: 'لديهم أكثر',
      lost: 'لديهم أقل',
      same: 'بلا تغيير',
      more: 'الزيادة إجمالًا',
      less: 'النقص إجمالًا',
      member: 'العضو',
      before: 'قبل',
      after: 'بعد',
      cap: 'الحد',
      times: 'كم مرة',
      amount: 'كم',
      room: 'الميزانية',
      whole: 'فيها',
      asked: 'المطلوب منها',
      ranOutOn: 'تنفد في',
      reward: 'المكافأة',
      status: 'آلت إلى',
      count: 'العدد',
      reason: 'السبب',
    },
  },
}
