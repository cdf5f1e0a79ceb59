import type { Language } from '@laurel/engine'

/** What is sent with a code, in the language of whoever asked for it; names stand by themselves, without endings. */
export function codeMessage(language: Language, code: string, shop: string): { subject: string; text: string } {
  switch (language) {
    case 'en':
      return {
        subject: `${code} is your code`,
        text: `${code} is your code for ${shop}. It is good for five minutes. Nobody of ours will ever ask you for it.`,
      }
    case 'tr':
      return {
        subject: `Kodun: ${code}`,
        text: `${shop} için kodun: ${code}. Beş dakika geçerlidir. Bizden hiç kimse onu sana sormaz.`,
      }
    case 'de':
      return {
        subject: `${code} ist dein Code`,
        text: `${code} ist dein Code für ${shop}. Er gilt fünf Minuten. Niemand von uns wird dich je danach fragen.`,
      }
    case 'es':
      return {
        subject: `${code} es tu código`,
        text: `${code} es tu código para ${shop}. Vale cinco minutos. Nadie de nuestra parte te lo pedirá nunca.`,
      }
    case 'ar':
      return {
        subject: `رمزك: ${code}`,
        text: `رمزك لدى \u2068${shop}\u2069 هو ${code}. يصلح لخمس دقائق. لن يطلبه منك أحد من جهتنا أبدًا.`,
      }
  }
}
