import type { Language, Wording } from '../../sentences/wording.ts'
import type { Json } from '../shape.ts'

/** Values that an explanation does not say, being a matter of whoever runs the program, and that a change of them says. */
interface UnsaidSentences {
  readonly edge: Readonly<Record<'trim' | 'refuse', string>>
  readonly take: Readonly<Record<'best' | 'first' | 'all', string>>
  readonly each: Readonly<Record<'bonuses' | 'challenges' | 'offers', string>>
  readonly heldOut: (each: string, percent: string) => string
  readonly heldFromNobody: (each: string) => string
}

/**
 * The sentence for one value, by its key: `cap.edge`, `take`, `offers` of a holdout. Null: there is none for it. What is not said
 * means what the language says of silence.
 */
export function unsaidSentence(section: string, key: string, value: Json | null, wording: Wording): string | null {
  const say = unsaidSentences[wording.language]
  const last = key.slice(key.lastIndexOf('.') + 1)
  if (last === 'edge') return valueIn(say.edge, value ?? 'trim')
  if (section === 'groups' && key === 'take') return valueIn(say.take, value)
  const each = section === 'holdout' ? valueIn(say.each, key) : null
  if (each === null) return null
  if (value === null || value === 'none') return say.heldFromNobody(each)
  // As the canonical form writes it: `12.5%`.
  const [whole = '', decimals = ''] = String(value).replace('%', '').split('.')
  const share = { numerator: Number(whole + decimals), denominator: 100 * 10 ** decimals.length }
  return say.heldOut(each, wording.percent(share))
}

const valueIn = (sentences: Readonly<Record<string, string>>, value: Json | null): string | null =>
  typeof value === 'string' ? (sentences[value] ?? null) : null

const unsaidSentences: Readonly<Record<Language, UnsaidSentences>> = {
  en: {
    edge: {
      trim: 'Of what would pass the bound, as much is given as still fits.',
      refuse: 'What would pass the bound is not given at all.',
    },
    take: {
      best: 'Of its rules that hold, the one that gives most counts.',
      first: 'Of its rules that hold, the first one counts.',
      all: 'All of its rules that hold count.',
    },
    each: { bonuses: 'Each rule whose time ends', challenges: 'Each challenge', offers: 'Each offer' },
    heldOut: (each, percent) =>
      `${each} is kept from ${percent} of members, chosen at random, so that its effect can be measured.`,
    heldFromNobody: (each) => `${each} is kept from nobody.`,
  },
  tr: {
    edge: {
      trim: 'Sınırı aşacak olanın, sınıra sığan kadarı verilir.',
      refuse: 'Sınırı aşacak olan hiç verilmez.',
    },
    take: {
      best: 'Koşulu tutan kurallardan yalnızca en çok veren sayılır.',
      first: 'Koşulu tutan kurallardan yalnızca ilki sayılır.',
      all: 'Koşulu tutan kuralların hepsi sayılır.',
    },
    each: { bonuses: 'Süresi biten her kural', challenges: 'Her görev', offers: 'Her teklif' },
    heldOut: (each, percent) => `${each}, etkisi ölçülebilsin diye, kurayla seçilen üyelere verilmez: ${percent}.`,
    heldFromNobody: (each) => `${each} kimseden esirgenmez.`,
  },
  de: {
    edge: {
      trim: 'Was über die Grenze ginge, gibt es so weit, wie es noch hineinpasst.',
      refuse: 'Was über die Grenze ginge, gibt es gar nicht.',
    },
    take: {
      best: 'Von ihren Regeln, die zutreffen, zählt die, die am meisten gibt.',
      first: 'Von ihren Regeln, die zutreffen, zählt die erste.',
      all: 'Alle ihre Regeln, die zutreffen, zählen.',
    },
    each: { bonuses: 'Jede Regel, deren Zeit endet,', challenges: 'Jede Aufgabe', offers: 'Jedes Angebot' },
    heldOut: (each, percent) =>
      `${each} bekommen ${percent} der Mitglieder, ausgelost, nicht, damit die Wirkung messbar ist.`,
    heldFromNobody: (each) => `${each} wird niemandem vorenthalten.`,
  },
  es: {
    edge: {
      trim: 'De lo que superaría el límite se da lo que aún cabe.',
      refuse: 'Lo que superaría el límite no se da en absoluto.',
    },
    take: {
      best: 'De sus reglas que se cumplen solo cuenta la que más da.',
      first: 'De sus reglas que se cumplen solo cuenta la primera.',
      all: 'Cuentan todas sus reglas que se cumplen.',
    },
    each: { bonuses: 'Cada regla con fecha de fin', challenges: 'Cada reto', offers: 'Cada oferta' },
    heldOut: (each, percent) =>
      `${each} no llega a un ${percent} de los miembros, al azar, para poder medir su efecto.`,
    heldFromNobody: (each) => `${each} no se niega a nadie.`,
  },
  ar: {
    edge: {
      trim: 'ما يتجاوز الحد يُمنح منه ما لا يزال الحد يتسع له.',
      refuse: 'ما يتجاوز الحد لا يُمنح منه شيء.',
    },
    take: {
      best: 'لا يُحتسب من قواعدها المنطبقة إلا ما يمنح أكثر.',
      first: 'لا يُحتسب من قواعدها المنطبقة إلا الأولى.',
      all: 'تُحتسب كل قواعدها المنطبقة.',
    },
    each: { bonuses: 'كل قاعدة ينتهي وقتها', challenges: 'كل تحدٍّ', offers: 'كل عرض' },
    heldOut: (each, percent) => `لا يحصل على ${each} ${percent} من الأعضاء، يُختارون عشوائيًا، كي يمكن قياس الأثر.`,
    heldFromNobody: (each) => `لا يُستثنى أحد من ${each}.`,
  },
}
