/**
 * How a brand's one colour is written and laid, so that it can be read. Contrast and relative luminance are those of WCAG 2.2 (W3C
 * 2023, "relative luminance" and "contrast ratio"); 4.5 is its least for text (1.4.3).
 */
export interface BrandColours {
  /** As it was chosen, `#rrggbb` in small letters. */
  readonly colour: string
  /** What is written on it: white or black, whichever can be read better. */
  readonly onColour: string
  /** As text and lines on light grounds: as it is, or darkened until it can be read. */
  readonly onLight: string
  /** The same on dark grounds, lightened. */
  readonly onDark: string
}

/** Where no file is larger than this, a page of ours is as fast on a phone with its logo as without. */
export const logoBytesMax = 200_000
/** Below it a logo is a blot on a good screen; above it nothing is gained, and a small file could unpack to a huge picture. */
export const logoPixels = { least: 64, most: 2048 }

export const contrastLeast = 4.5

/** The grounds of our pages that are hardest to read on (`packages/ui/theme.css`): the darkest light one, the lightest dark one. */
const [lightGround, darkGround] = ['#eef0eb', '#171c19']

/** `colour` is `#rrggbb`. */
export function brandColoursOf(colour: string): BrandColours {
  const chosen = colour.toLowerCase()
  const [onWhite, onBlack] = [contrastOf(chosen, '#ffffff'), contrastOf(chosen, '#000000')]
  return {
    colour: chosen,
    onColour: onWhite >= onBlack ? '#ffffff' : '#000000',
    onLight: darkenedFor(chosen, lightGround),
    onDark: lightenedFor(chosen, darkGround),
  }
}

/** From 1 (the same) to 21 (black on white). */
export function contrastOf(one: string, other: string): number {
  const [least = 0, most = 0] = [luminanceOf(linearOf(one)), luminanceOf(linearOf(other))].toSorted((a, b) => a - b)
  return (most + 0.05) / (least + 0.05)
}

type Linear = readonly [red: number, green: number, blue: number]

/** Light adds up in linear values, so the factor that reaches a luminance is known without searching. */
function darkenedFor(colour: string, ground: string): string {
  if (contrastOf(colour, ground) >= contrastLeast) return colour
  const linear = linearOf(colour)
  const wanted = (luminanceOf(linearOf(ground)) + 0.05) / contrastLeast - 0.05
  const factor = wanted / luminanceOf(linear)
  // Down to the next step: rounded, it could miss by a hair.
  return hexOf(
    linear.map((part) => part * factor),
    Math.floor,
  )
}

function lightenedFor(colour: string, ground: string): string {
  if (contrastOf(colour, ground) >= contrastLeast) return colour
  const linear = linearOf(colour)
  const now = luminanceOf(linear)
  const wanted = (luminanceOf(linearOf(ground)) + 0.05) * contrastLeast - 0.05
  // So much white is mixed in.
  const share = (wanted - now) / (1 - now)
  return hexOf(
    linear.map((part) => part + (1 - part) * share),
    Math.ceil,
  )
}

const luminanceOf = ([red, green, blue]: Linear): number => 0.2126 * red + 0.7152 * green + 0.0722 * blue

/** The curve of sRGB (IEC 61966-2-1). */
function linearOf(colour: string): Linear {
  const part = (from: number) => {
    const value = Number.parseInt(colour.slice(from, from + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return [part(1), part(3), part(5)]
}

const hexOf = (linear: readonly number[], round: (value: number) => number): string =>
  `#${linear
    .map((part) => {
      const value = part <= 0.0031308 ? part * 12.92 : 1.055 * part ** (1 / 2.4) - 0.055
      return Math.min(255, Math.max(0, round(value * 255)))
        .toString(16)
        .padStart(2, '0')
    })
    .join('')}`
