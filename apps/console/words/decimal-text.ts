/** `-1234` of scale 2 is `-12.34`: the point is set by hand, so that a formatter reads a sum beyond any number to its last digit. */
export function decimalText(units: string, scale: number): Intl.StringNumericLiteral {
  const [, sign = '', digits = '0'] = /^(-?)(\d+)$/.exec(units) ?? []
  const padded = digits.padStart(scale + 1, '0')
  const whole = padded.slice(0, padded.length - scale)
  return `${sign}${whole}.${padded.slice(padded.length - scale) || '0'}` as Intl.StringNumericLiteral
}
