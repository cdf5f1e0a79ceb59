import { createRequire } from 'node:module'

/** Twice as many dots as units: sharp on the screens of today, and still some 50 kB. */
const dotsPerUnit = 2

/** What we use of the renderer, which comes as an optional package: not every platform has one. */
interface Renderer {
  readonly Resvg: new (svg: string, options: object) => { render(): { asPng(): Uint8Array } }
}

/** An SVG as PNG on white; null where this platform has no renderer. The font comes along: a server may have none. */
export function openPictures(): ((svg: string) => Uint8Array) | null {
  const require = createRequire(import.meta.url)
  let renderer: Renderer
  let font: string
  try {
    renderer = require('@resvg/resvg-js') as Renderer
    font = require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf')
  } catch {
    return null
  }
  const options = {
    background: '#FFFFFF',
    fitTo: { mode: 'zoom', value: dotsPerUnit },
    font: { loadSystemFonts: false, fontFiles: [font], defaultFontFamily: 'DejaVu Sans' },
  }
  return (svg) => new renderer.Resvg(svg, options).render().asPng()
}
