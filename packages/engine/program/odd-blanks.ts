const names: Readonly<Record<string, string>> = {
  '\u00a0': 'a no-break space',
  '\u2007': 'a figure space',
  '\u2009': 'a thin space',
  '\u202f': 'a narrow no-break space',
  '\u200b': 'an invisible space',
  '\ufeff': 'an invisible mark',
}
const oddBlanks = /[\u00a0\u2007\u2009\u202f\u200b\ufeff]/gu

/** A character that comes along with pasted text and looks like a blank, or like nothing; and the text as it looks. */
export function oddBlankIn(
  text: string,
): { readonly name: string; readonly at: number; readonly plain: string } | null {
  const at = text.search(oddBlanks)
  if (at === -1) return null
  const plain = text.replace(oddBlanks, (odd) => (/[\u200b\ufeff]/.test(odd) ? '' : ' ')).trim()
  return { name: names[text.charAt(at)] ?? 'an odd blank', at, plain }
}
