import type { Language } from '../../sentences/wording.ts'

/** What is said of a change. Places hold finished text: names, whole sentences, values of the document. */
export interface ChangeSentences {
  readonly isNew: (text: string) => string
  readonly isGone: (text: string) => string
  /** `before` is a sentence, a number or a few words. */
  readonly untilNow: (now: string, before: string) => string
  readonly calledNow: (before: string, now: string) => string
  readonly moved: (what: string) => string
  /** A value that is not said. */
  readonly unsaid: string
}

export const changeSentences: Readonly<Record<Language, ChangeSentences>> = {
  en: {
    isNew: (text) => `New: ${text}`,
    isGone: (text) => `No longer: ${text}`,
    untilNow: (now, before) => `${now} (Until now: ${before})`,
    calledNow: (before, now) => `${before} is called ${now} from now on.`,
    moved: (what) => `${what} stands elsewhere in the order.`,
    unsaid: 'not said',
  },
  tr: {
    isNew: (text) => `Yeni: ${text}`,
    isGone: (text) => `Artık yok: ${text}`,
    untilNow: (now, before) => `${now} (Şimdiye kadar: ${before})`,
    calledNow: (before, now) => `${before} artık ${now} adını taşıyor.`,
    moved: (what) => `${what} sıralamada başka bir yerde.`,
    unsaid: 'belirtilmemiş',
  },
  de: {
    isNew: (text) => `Neu: ${text}`,
    isGone: (text) => `Entfällt: ${text}`,
    untilNow: (now, before) => `${now} (Bisher: ${before})`,
    calledNow: (before, now) => `${before} heißt künftig ${now}.`,
    moved: (what) => `${what} steht an anderer Stelle der Reihenfolge.`,
    unsaid: 'nicht angegeben',
  },
  es: {
    isNew: (text) => `Nuevo: ${text}`,
    isGone: (text) => `Desaparece: ${text}`,
    untilNow: (now, before) => `${now} (Hasta ahora: ${before})`,
    calledNow: (before, now) => `${before} se llama a partir de ahora ${now}.`,
    moved: (what) => `${what} ocupa otro lugar en el orden.`,
    unsaid: 'sin indicar',
  },
  ar: {
    isNew: (text) => `جديد: ${text}`,
    isGone: (text) => `لم يعد ساريًا: ${text}`,
    untilNow: (now, before) => `${now} (حتى الآن: ${before})`,
    calledNow: (before, now) => `أصبح اسم ${before} من الآن ${now}.`,
    moved: (what) => `تغيّر موضع ${what} في الترتيب.`,
    unsaid: 'غير مذكور',
  },
}
